import logging

from app import logs


def test_a_crash_is_told_without_what_a_customer_said(caplog):
    logs.configure("INFO")
    told = logging.getLogger("uvicorn.error")
    told.error("Exception in ASGI application\n", exc_info=ValueError("KANARIE"))
    told.error("Application startup failed. Exiting.")
    assert [record.getMessage() for record in caplog.records] == ["Application startup failed. Exiting."]


def test_what_is_wrong_with_the_disk_is_told_and_words_are_not():
    said = logs._only_known_fields(None, "error", {"event": "storage", "trouble": "full", "words": "KANARIE"})
    assert said == {"event": "storage", "trouble": "full"}
