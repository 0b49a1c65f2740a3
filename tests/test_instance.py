"""What an instance makes once and keeps."""

import stat
from concurrent.futures import ThreadPoolExecutor

from ideas import instance


def test_the_key_is_kept_and_nobody_else_can_read_it(tmp_path):
    key = instance.secret_key(tmp_path / "new")
    assert len(key) >= 32
    assert instance.secret_key(tmp_path / "new") == key
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(20) as threads:
        keys = set(threads.map(lambda _: instance.secret_key(tmp_path), range(20)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
