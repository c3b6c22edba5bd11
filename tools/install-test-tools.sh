#!/bin/sh
# What the tests need besides Python and npm packages: a browser, a Chinese font, Java for the HTML checker, nginx with wrk
# to load it, LibreOffice to open the tables, and other browsers where Debian has them.
# Without the font every screenshot is empty boxes. Debian and Ubuntu are handled; elsewhere the missing tools are named.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk fontconfig"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null 2>&1 || missing="$missing nginx-light"
module=libnginx-mod-http-brotli-static # Debian has it, others may not: its test is skipped there
[ -f /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || ! apt-cache show $module >/dev/null 2>&1 || missing="$missing $module"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
command -v rsync >/dev/null 2>&1 || missing="$missing rsync"
command -v wrk >/dev/null 2>&1 || missing="$missing wrk"
[ -f /usr/lib/libreoffice/program/libsclo.so ] || missing="$missing libreoffice-calc-nogui"
for package in chromium-headless-shell firefox-esr webkit2gtk-driver xvfb; do # a quicker Chromium and other engines, where the system has them
	dpkg -s "$package" >/dev/null 2>&1 || ! apt-cache show "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
	echo "tests need:$missing - please install them" >&2
	exit 1
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of package names
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
