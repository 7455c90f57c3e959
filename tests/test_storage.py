import hashlib
from pathlib import Path

from app import storage

DIGEST = hashlib.sha256(b"foto").hexdigest()


def test_a_file_its_folder_and_the_folder_of_that_are_on_disk_before_it_is_said_to_be(stage, monkeypatch):
    flushed: list[Path] = []
    flush = storage._flush_folder

    def noted(folder: Path) -> None:
        flushed.append(folder)
        flush(folder)

    monkeypatch.setattr(storage, "_flush_folder", noted)
    folder = storage._place(DIGEST).parent
    assert storage.put(b"foto") == DIGEST
    assert flushed == [folder.parent, folder]
    assert storage.put(b"foto") == DIGEST
    assert flushed == [folder.parent, folder, folder]
    assert storage.path_of(DIGEST).read_bytes() == b"foto"
