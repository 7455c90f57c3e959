import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { lucide, own } from "./src/icons/names.mjs";

const here = import.meta.dirname;
const src = join(here, "src");
const dist = join(here, "dist");
const root = join(here, "../..");
const names = {};

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["app.ts", "capture.ts", "board.ts", "styles/app.css"].map((entry) => join(src, entry)),
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: ["es2022", "chrome123", "firefox121", "safari16.4"],
    loader: { ".woff2": "file" },
    entryNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    outdir: dist,
    logLevel: "warning",
  });
  for (const path of Object.keys(metafile.outputs)) {
    const file = basename(path);
    names[file.replace(/\.[A-Z0-9]{8}\./, ".")] = file;
  }
}

async function keep(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  names[name] = name.replace(/(\.\w+)$/, `.${hash}$1`);
  await writeFile(join(dist, names[name]), bytes);
}

function symbol(id, svg) {
  const [, viewBox] = svg.match(/viewBox="([^"]+)"/);
  const drawing = svg.replace(/<!--.*?-->/gs, "").replace(/^\s*<svg[^>]*>|<\/svg>\s*$/gs, "");
  return `<symbol id="${id}" viewBox="${viewBox}">${drawing.replace(/\s*\n\s*/g, " ").trim()}</symbol>`;
}

async function sprite() {
  const symbols = [];
  for (const [id, icon] of Object.entries(lucide)) {
    const svg = await readFile(join(root, "node_modules/lucide-static/icons", `${icon}.svg`), "utf8");
    symbols.push(symbol(id, svg));
  }
  for (const id of own) symbols.push(symbol(id, await readFile(join(src, "icons", `${id}.svg`), "utf8")));
  await keep("sprite.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function publicFiles() {
  const folder = join(here, "public");
  const files = (await readdir(folder)).sort();
  const [pages, pictures] = [files.filter(isWebManifest), files.filter((name) => !isWebManifest(name))];
  for (const name of pictures) await keep(name, await readFile(join(folder, name)));
  for (const name of pages) {
    const text = await readFile(join(folder, name), "utf8");
    await keep(name, text.replace(/"src": "([^"]+)"/g, (_, picture) => `"src": "${names[picture]}"`));
  }
}

function isWebManifest(name) {
  return name.endsWith(".webmanifest");
}

/** Last, so that a page being served meanwhile never points at nothing. */
async function sweep() {
  const current = new Set([...Object.values(names), "manifest.json"]);
  for (const file of await readdir(dist)) if (!current.has(file)) await rm(join(dist, file), { recursive: true });
}

await mkdir(dist, { recursive: true });
await bundle();
await sprite();
await publicFiles();
const sorted = Object.fromEntries(Object.entries(names).sort());
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
await sweep();
