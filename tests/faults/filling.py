"""Fills the outbox with copies of what the real screen put there: each with an id, words and a photo of its own."""

from pathlib import Path
from typing import Any

from PIL import Image

from tests.faults.phones import Phone
from tests.faults.tapping import NUDGE, SAVED, new_observation, save_many, with_photo

DONE = """
const done = (asked) => new Promise((yes, no) => { asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
const all = (db, store) => done(db.transaction(store).objectStore(store).getAll());
const ended = (tx) => new Promise((yes, no) => { tx.oncomplete = yes; tx.onabort = no; });
"""
KEEP_MODELS = f"""async () => {{ {DONE}
  const from = await done(indexedDB.open("klantsafari")), opening = indexedDB.open("models");
  opening.onupgradeneeded = () => opening.result.createObjectStore("all", {{ keyPath: "of" }});
  const to = await done(opening), stores = ["outbox", "blobs"];
  const rows = await Promise.all(stores.map((store) => all(from, store)));
  const tx = to.transaction("all", "readwrite");
  rows.forEach((found, n) => tx.objectStore("all").put({{ of: stores[n], rows: found }}));
  await ended(tx);
  from.close();
  to.close();
}}"""
FILL = f"""async ({{ words, first, most, photoEvery }}) => {{ {DONE}
  const hash = async (bytes) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const newId = () => {{
    const random = crypto.randomUUID().replaceAll("-", "").slice(13);
    const hex = Date.now().toString(16).padStart(12, "0") + "7" + random;
    return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => hex.slice(from, to)).join("-");
  }};
  const models = await done(indexedDB.open("models")), db = await done(indexedDB.open("klantsafari"));
  const [{{ rows: blobs }}, {{ rows }}] = await all(models, "all");
  models.close();
  const pictured = rows.find((row) => row.attachments.length), plain = rows.find((row) => !row.attachments.length);
  const made = [];
  for (let number = first; number < first + most; number += 1) {{
    const row = structuredClone(number % photoEvery ? plain : pictured), files = [];
    const note = JSON.parse(new TextDecoder().decode(row.bytes));
    row.id = newId();
    for (const [n, file] of row.attachments.entries()) {{
      const blob = blobs.find((one) => one.sha256 === file.sha256);
      const bytes = new Uint8Array(blob.bytes.byteLength + 16);
      bytes.set(new Uint8Array(blob.bytes));
      crypto.getRandomValues(bytes.subarray(blob.bytes.byteLength));
      const sha256 = await hash(bytes);
      for (const said of [file, note.attachments[n]]) Object.assign(said, {{ sha256, size: bytes.byteLength }});
      files.push({{ ...blob, key: `${{row.id}}/${{sha256}}`, note_id: row.id, sha256, bytes: bytes.buffer }});
    }}
    note.answers = {{ text: {{ value: `${{words}} ${{number}}` }} }};
    row.bytes = new TextEncoder().encode(JSON.stringify(note)).buffer;
    row.sha256 = await hash(row.bytes);
    made.push({{ row, files }});
  }}
  const tx = db.transaction(["outbox", "blobs"], "readwrite");
  for (const {{ row, files }} of made) {{
    tx.objectStore("outbox").add(row);
    for (const file of files) tx.objectStore("blobs").add(file);
  }}
  await ended(tx);
  db.close();
  const digests = (files) => files.map((file) => file.sha256);
  return made.map(({{ row }}) => ({{ id: row.id, sha256: row.sha256, photos: digests(row.attachments) }}));
}}"""
SET_META = """({ name, value }) => new Promise((yes, no) => {
  const asked = indexedDB.open("klantsafari");
  asked.onsuccess = () => {
    const tx = asked.result.transaction("meta", "readwrite");
    tx.objectStore("meta").put({ name, value });
    tx.oncomplete = () => { asked.result.close(); yes(); };
    tx.onabort = no;
  };
})"""


def set_timeout(phone: Phone, milliseconds: int) -> None:
    """How long the phone waits for an answer."""
    phone.page.evaluate(SET_META, {"name": "timeout", "value": milliseconds})


def models(phone: Phone, address: str, safari: str, folder: Path) -> list[str]:
    """One note with a photo and one without, saved through the real screen without a connection; their ids."""
    photo = folder / "rij.jpg"
    Image.effect_noise((320, 240), 60).convert("RGB").save(photo, "JPEG")
    new_observation(phone, address, safari)
    phone.context.set_offline(True)
    plain = save_many(phone, f"Model {address}", 1)
    with_photo(phone, photo)
    phone.page.locator("[name='answers.text']").fill(f"Model {address} met foto")
    note = phone.page.locator("form#answer [name=note_id]").input_value()
    phone.page.locator("[data-keep][data-primary]").click()
    phone.page.locator("[data-done-state]", has_text=SAVED).wait_for()
    phone.page.evaluate(KEEP_MODELS)
    phone.context.set_offline(False)
    return [*plain, note]


def fill(phone: Phone, words: str, first: int, most: int, photo_every: int) -> list[dict[str, Any]]:
    """`[{id, sha256, photos: [sha256]}]` of what now waits, after `models`."""
    asked = {"words": words, "first": first, "most": most, "photoEvery": photo_every}
    return phone.page.evaluate(FILL, asked)


def send_filled(phone: Phone, within: float = 120.0) -> None:
    """The connection comes back again and again until nothing waits."""
    for _ in range(int(within * 4)):
        phone.page.evaluate(NUDGE)
        # A round takes a while; more words of a new connection would only make it begin again.
        phone.page.wait_for_timeout(250)
        if not phone.unsent():
            return
    raise AssertionError(f"still waiting: {phone.rows('outbox')[:3]}")
