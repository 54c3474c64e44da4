#!/usr/bin/env bash
# Back up the database, then the rendered papers, into a dated folder; then prove the dump by reading it back. Keeps the newest 30.
#   deploy/backup.sh /var/backups/partyreports
# The disk that holds the backups must be encrypted: they hold members' records.
set -euo pipefail
target=${1:?"usage: deploy/backup.sh FOLDER"}
: "${DATABASE_URL:?set DATABASE_URL, as in /etc/partyreports/partyreports.env}"
here=$(cd "$(dirname "$0")/.." && pwd)
umask 077
folder=$target/$(date +%Y%m%d-%H%M%S)
mkdir -p "$folder.part"

case "$DATABASE_URL" in
sqlite:*)
    "$here/.venv/bin/python" - "${DATABASE_URL#sqlite:///}" "$folder.part/database.sqlite3" <<'PYTHON'
import sqlite3
import sys

source, copy = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])
source.backup(copy)
answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
copy.execute("SELECT count(*) FROM organizations_logentry").fetchone()
sys.exit(0 if answer == "ok" else f"The copy is damaged: {answer}")
PYTHON
    ;;
*)
    pg_dump --format=custom --no-owner --file "$folder.part/database.dump" "$DATABASE_URL"
    # Reading the whole archive back fails on a torn or cut file; a restore rehearsal is described in docs/production.md.
    pg_restore --file /dev/null "$folder.part/database.dump"
    ;;
esac

rendered=${VAR_DIR:-$here/var}/rendered
[ ! -d "$rendered" ] || tar -C "$rendered" -cf "$folder.part/rendered.tar" .
(cd "$folder.part" && sha256sum ./* > SHA256SUMS)
mv "$folder.part" "$folder"
ls -1d "$target"/20??????-?????? | head -n -30 | xargs -r rm -rf --
echo "Backed up to $folder"
