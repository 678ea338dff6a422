"""Hands a snapshot over as a folder, and proves such a folder without any database: hashes, signature, chain."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from raquan.analytics.rules import Manifest, canonical, digest, manifest_from
from raquan.ledger.queries import PublicKey, opened_manifest

KEY_FILE = "key.json"
UNSIGNED_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was frozen: `code` says what, `about` names the file."""

    code: str
    about: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of checking a manifest: `has_files` where its own files lie in the folder, `kid` who signed it."""

    sha256: str
    manifest: Manifest | None
    kid: str
    has_files: bool
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


def export_snapshot(home: Path, folder: Path, manifests: Sequence[str], files: Sequence[str], key: PublicKey) -> None:
    """Copy a snapshot's files, its chain of manifests with their signatures and the public key into a folder.

    `manifests` are hashes, `files` names; what is there already is written over. Raises FileNotFoundError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for sha256 in manifests:
        shutil.copyfile(home / f"{sha256}.json", folder / f"{sha256}.json")
        if (home / f"{sha256}.jws").is_file():
            shutil.copyfile(home / f"{sha256}.jws", folder / f"{sha256}.jws")
    for name in files:
        shutil.copyfile(home / name, folder / name)
    said = {"kid": key.kid, "alg": key.alg, "spki": key.spki}
    (folder / KEY_FILE).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def verify_folder(folder: Path, spki: str = "", *, all_files: bool = False) -> list[Proof]:
    """Prove every manifest of a folder; `spki` is the public key (DER in base64), "" for the one that lies there.

    A key that came with the folder proves that nothing was changed since it was signed, not who signed it: compare
    its `kid` with the one that the province tells. Of a manifest that another follows the files may be absent, unless
    `all_files` are wanted, as in the installation's own folder.
    """
    spki = spki or _key_of(folder)
    named = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.json")) if path.name != KEY_FILE}
    read = {sha256: _manifest(data) for sha256, data in named.items()}
    followed = set() if all_files else {one.previous for one in read.values() if one}
    proofs = [_prove(folder, sha256, data, read, sha256 in followed, spki) for sha256, data in named.items()]
    return sorted(proofs, key=lambda one: (one.manifest.campaign_id, one.manifest.number) if one.manifest else ("", 0))


def _prove(
    folder: Path, sha256: str, data: bytes, read: Mapping[str, Manifest | None], is_followed: bool, spki: str
) -> Proof:
    manifest = read[sha256]
    if manifest is None:
        return Proof(sha256, None, "", False, (Finding("unreadable", f"{sha256}.json"),))
    findings = [] if digest(data) == sha256 else [Finding("manifest_changed", f"{sha256}.json")]
    kid, faults = _signature(folder, sha256, manifest, spki)
    has_files = all((folder / file.name).is_file() for file in manifest.files)
    if has_files or not is_followed:
        findings += _files(folder, manifest)
    findings += [*faults, *_chain(manifest, read)]
    return Proof(sha256, manifest, kid, has_files, tuple(findings))


def _files(folder: Path, manifest: Manifest) -> list[Finding]:
    findings = []
    for file in manifest.files:
        path = folder / file.name
        if not path.is_file():
            findings.append(Finding("file_missing", file.name))
            continue
        with path.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        if found != file.sha256 or path.stat().st_size != file.size:
            findings.append(Finding("file_changed", file.name))
    return findings


def _signature(folder: Path, sha256: str, manifest: Manifest, spki: str) -> tuple[str, list[Finding]]:
    path = folder / f"{sha256}.jws"
    if not path.is_file():
        # The first manifests were not signed; the hash of each is in the next one, which is.
        return "", [Finding("not_signed", f"{sha256}.json")] if manifest.schema > UNSIGNED_SCHEMA else []
    said = opened_manifest(path.read_text(encoding="ascii", errors="replace").strip(), spki) if spki else None
    if said is None:
        return "", [Finding("signature_wrong", path.name)]
    wanted = (sha256, manifest.campaign_id, manifest.number, manifest.previous)
    if (said.get("manifest_sha256"), said.get("campaign"), said.get("number"), said.get("previous")) != wanted:
        return "", [Finding("signature_of_other", path.name)]
    return str(said.get("kid", "")), []


def _chain(manifest: Manifest, read: Mapping[str, Manifest | None]) -> list[Finding]:
    if not manifest.previous:
        return [] if manifest.number == 1 else [Finding("chain_broken", str(manifest.number))]
    before = read.get(manifest.previous)
    if before is None:
        return [Finding("previous_missing", f"{manifest.previous}.json")]
    if before.number + 1 != manifest.number or before.campaign_id != manifest.campaign_id:
        return [Finding("chain_broken", str(manifest.number))]
    return []


def _manifest(data: bytes) -> Manifest | None:
    try:
        said = json.loads(data)
        return manifest_from(said) if canonical(said) == data else None
    except (ValueError, KeyError, TypeError):
        return None


def _key_of(folder: Path) -> str:
    try:
        return str(json.loads((folder / KEY_FILE).read_text(encoding="utf-8"))["spki"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
