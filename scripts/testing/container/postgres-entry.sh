#!/bin/sh
set -e
if [ "$(id -u)" = 0 ]; then
  chown 999:999 "$PGDATA"
  chmod 700 "$PGDATA"
  exec setpriv --reuid=999 --regid=999 --clear-groups /bin/sh "$0"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "$POSTGRES_PASSWORD" > /tmp/password
  initdb --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --no-locale --no-sync --no-instructions
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  # As the official image does: this one listens on its socket only.
  pg_ctl start --wait --options "-c listen_addresses=''"
  psql --username="$POSTGRES_USER" --dbname=postgres --command="CREATE DATABASE \"$POSTGRES_USER\""
  pg_ctl stop --wait --mode=fast
fi
exec postgres -c 'listen_addresses=*'
