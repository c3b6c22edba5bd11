"""Signatures of releases, by OpenSSH (``ssh-keygen -Y``, 8.1 or newer): offices have it, and it is well kept.

What is signed is the manifest, which names every file by its SHA-256, says what the site was made from, and when that
runs out.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

_NAMESPACE = "gongkai-release"
"""A signature that was made for something else is none of a release."""
_WHO = "gongkai"
_SECONDS = 120
_MISSING = (
    "这台电脑上没有 ssh-keygen，不能签名、核对签名：请安装 OpenSSH 8.1 以上的版本"
    "（Debian、Ubuntu、麒麟：apt install openssh-client；Windows 10 以上：设置，可选功能，OpenSSH 客户端）"
)


class SigningError(Exception):
    """Nothing was signed, or a signature is not good; the message is a Chinese sentence."""


def signature_of(content: bytes, key: Path) -> bytes:
    """The signature of a manifest with a private key, or with the public one whose private key an agent holds.

    Raises:
        SigningError: when the key cannot be used, or the tool is missing.
    """
    done = _run(["-Y", "sign", "-q", "-f", str(key), "-n", _NAMESPACE], content)
    if done.returncode or not done.stdout:
        raise SigningError(f"不能用 {key} 签名：{_said(done)}")
    return done.stdout


def check_signature(content: bytes, signature: bytes, key: Path) -> None:
    """Compare a manifest with its signature, by a file of public keys (``key.pub``), one a line; each is trusted.

    Raises:
        SigningError: when the signature is not of one of them, or the tool is missing.
    """
    try:
        lines = [line.strip() for line in key.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise SigningError(f"读不到公钥 {key}（{error}）") from None
    keys = [" ".join(line.split()[:2]) for line in lines if line.startswith(("ssh-", "ecdsa-", "sk-"))]
    if not keys:
        raise SigningError(f"{key} 里没有公钥：请写 ssh-keygen 生成的 .pub 文件，不是私钥")
    with TemporaryDirectory() as scratch:
        trusted, given = Path(scratch, "keys"), Path(scratch, "signature")
        trusted.write_text("".join(f'{_WHO} namespaces="{_NAMESPACE}" {known}\n' for known in keys), "utf-8")
        given.write_bytes(signature)
        checked = ["-Y", "verify", "-f", str(trusted), "-I", _WHO, "-n", _NAMESPACE, "-s", str(given)]
        done = _run(checked, content)
    if done.returncode:
        raise SigningError(f"签名不是 {key} 里的公钥签的，或者清单被改动过：{_said(done)}")


def _run(arguments: Sequence[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - no shell; what is given are paths
            ["ssh-keygen", *arguments],  # noqa: S607 - wherever the system has it
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise SigningError(_MISSING) from None
    except subprocess.TimeoutExpired:
        raise SigningError("ssh-keygen 没有答复：密钥有口令的，请先放进 ssh-agent") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"ssh-keygen 退出码 {done.returncode}"
