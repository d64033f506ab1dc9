#!/bin/sh
# Make the passwords and keys of one installation, once; what exists is kept.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets

random() { head -c 32 /dev/urandom | base64 | tr -d '=\n' | tr '+/' '-_'; }

# The folder is closed to everybody else; the files are open within it, because containers read them
# as users of their own.
keep() {
    if [ ! -s "secrets/$1" ]; then
        printf '%s' "$2" > "secrets/$1"
        chmod 644 "secrets/$1"
        echo "made docker/secrets/$1"
    fi
}

keep database_password "$(random)"
keep redis_password "$(random)"
keep secret_key "$(random)"
keep database_url "postgresql://lingda:$(cat secrets/database_password)@postgis/lingda"
keep redis_url "redis://:$(cat secrets/redis_password)@redis:6379/0"
keep redis_configuration "requirepass $(cat secrets/redis_password)
save \"\"
appendonly no
"
