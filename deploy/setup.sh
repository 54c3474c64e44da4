#!/usr/bin/env bash
# Prepares the environment: system packages, then a virtual environment from the hashed requirements file, through uv.
# Does nothing, quickly, when everything is there. --for-tests adds the browser and the PostgreSQL server that the tests use.
set -euo pipefail
cd "$(dirname "$0")/.."

# An office may have a certificate authority of its own: believe what the system believes.
export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1}

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

find_python() {
    local name
    for name in "${PYTHON3:-}" python3.11 python3.12 python3.13 python3.14 python3; do
        if [ -n "$name" ] && command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    stop "Cần Python 3.11 trở lên: cài gói python3 rồi chạy lại."
}

# Liberation fonts: on Debian 12 the package without the 2 lacks most Vietnamese letters; later systems have the full fonts under the plain name.
font_package() {
    case "$(apt-cache policy fonts-liberation2 2>/dev/null)" in *"Candidate: "[0-9]*) echo fonts-liberation2 ;; *) echo fonts-liberation ;; esac
}

has_fonts() { ls /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf >/dev/null 2>&1 || { installed fonts-liberation && ! grep -q '^VERSION_ID="12"' /etc/os-release; }; }

wanted_packages() {
    local package
    for package in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; do installed "$package" || echo "$package"; done
    has_fonts || echo FONTS
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    if [ "$for_tests" = yes ]; then
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
        [ -x /usr/bin/chromium ] || command -v google-chrome >/dev/null || echo chromium
    fi
}

install_packages() {
    local as_root=() packages=("$@")
    command -v apt-get >/dev/null || stop "Thiếu gói hệ thống (${packages[*]}) và máy này không có apt-get: cài các gói tương ứng rồi chạy lại."
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "Thiếu gói hệ thống và không có quyền cài: nhờ người quản trị chạy “apt-get install ${packages[*]/FONTS/$(font_package)}” rồi chạy lại."
        as_root=(sudo)
        [ -t 0 ] || as_root=(sudo -n)
    fi
    "${as_root[@]}" apt-get update -qq >&2 || stop "Không cập nhật được danh mục gói: kiểm tra mạng hoặc quyền sudo rồi chạy lại."
    packages=("${packages[@]/FONTS/$(font_package)}")
    say "Đang cài gói hệ thống: ${packages[*]} …"
    # A PostgreSQL installed for the tests must not start a server of its own on the usual port.
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; then
        stop "Không cài được gói hệ thống: chạy “apt-get install ${packages[*]}” bằng quyền quản trị để xem lỗi, rồi chạy lại."
    fi
}

make_environment() {
    local stamp=.venv/requirements.sha256 sum
    sum=$(sha256sum requirements.txt deploy/uv.txt | sha256sum)
    [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return
    say "Đang chuẩn bị môi trường Python …"
    mkdir -p var
    if [ ! -x var/uv/bin/uv ] || ! cmp -s deploy/uv.txt var/uv/uv.txt; then
        rm -rf var/uv
        "$python" -m venv var/uv
        var/uv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r deploy/uv.txt ||
            stop "Không tải được công cụ cài đặt: kiểm tra kết nối tới kho gói Python rồi chạy lại."
        cp deploy/uv.txt var/uv/uv.txt
    fi
    [ -x .venv/bin/python ] || var/uv/bin/uv venv -q --python "$python" .venv
    var/uv/bin/uv pip sync -q --python .venv/bin/python --require-hashes --compile-bytecode requirements.txt ||
        stop "Không cài được thư viện Python: kiểm tra kết nối tới kho gói Python rồi chạy lại."
    printf '%s\n' "$sum" > "$stamp"
}

for_tests=no
[ "${1:-}" = --for-tests ] && for_tests=yes
python=$(find_python)
mapfile -t missing < <(wanted_packages)
[ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
make_environment
