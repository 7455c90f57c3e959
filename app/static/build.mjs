import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { lucide, own } from "./src/icons/names.mjs";

const here = import.meta.dirname;
const src = join(here, "src");
const dist = join(here, "dist");
const root = join(here, "../..");
const targets = ["es2022", "chrome123", "firefox121", "safari16.4"];
const SERVICE_WORKER = "service-worker.js";
const names = {};

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["app.ts", "capture.ts", "board.ts", "review.ts", "wall.ts", "passkeys.ts", "styles/app.css"].map((entry) => join(src, entry)),
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: targets,
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
  for (const name of (await readdir(folder)).sort()) await keep(name, await readFile(join(folder, name)));
}

/** No hash in its name: a browser looks for the next worker at the address of the last. */
async function worker(list) {
  const needed = Object.keys(names).filter((name) => !/^(board|review|wall|passkeys|icon-(512|maskable))/.test(name));
  const buildId = createHash("sha256").update(list).digest("hex").slice(0, 12);
  await build({
    absWorkingDir: root,
    entryPoints: [join(src, "service-worker/service-worker.ts")],
    bundle: true,
    minify: true,
    // Safari 16.4 and Firefox take modules late or never as a worker.
    format: "iife",
    target: targets,
    define: {
      __BUILD__: JSON.stringify(buildId),
      __NAMES__: JSON.stringify(names),
      __NEEDED__: JSON.stringify(needed),
    },
    outfile: join(dist, SERVICE_WORKER),
    logLevel: "warning",
  });
}

/** Last, so that a page being served meanwhile never points at nothing. */
async function sweep() {
  const current = new Set([...Object.values(names), "manifest.json", SERVICE_WORKER]);
  for (const file of await readdir(dist)) if (!current.has(file)) await rm(join(dist, file), { recursive: true });
}

await mkdir(dist, { recursive: true });
await bundle();
await sprite();
await publicFiles();
const sorted = Object.fromEntries(Object.entries(names).sort());
const list = `${JSON.stringify(sorted, null, 2)}\n`;
await worker(list);
await writeFile(join(dist, "manifest.json"), list);
await sweep();
