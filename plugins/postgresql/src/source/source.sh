# How the scripts of staging reach the source. $CONNINFO has all but the password, which lies in $PASSFILE, for this user alone.
# $SLOT is what a replication slot of this dataset is called, $USE_SLOT tells whether it shall have one.
export PGCONNECT_TIMEOUT=15
if [ -n "${PASSWORD_LINE:-}" ]; then
  (umask 077 && mkdir -p -- "${PASSFILE%/*}" && printf '%s\n' "$PASSWORD_LINE" >"$PASSFILE.new" && mv -- "$PASSFILE.new" "$PASSFILE") ||
    fail "not-writable ${PASSFILE%/*}"
  CONNINFO="$CONNINFO $PASSFILE_OPTION"
fi
unset PASSWORD_LINE

# Runs SQL of stdin on the source, columns parted by tabs.
source_sql() { "$BIN/psql" -XAtq -F $'\t' -v ON_ERROR_STOP=1 -d "$CONNINFO $DATABASE_OPTION application_name=opendvp"; }

# Runs a command of the replication protocol.
source_replication() { "$BIN/psql" -XAtq -F $'\t' -v ON_ERROR_STOP=1 -d "$CONNINFO replication=true application_name=opendvp" -c "$1"; }

receiver_runs() { runs "$WAL/receiver.pid" "$WAL"; }

# Whether the last that the receiver said is that it receives.
receiver_is_well() {
  case "$(tail -n 1 -- "$MOUNT/receiver.log" 2>/dev/null)" in
    "" | *"starting log streaming"* | *"finished segment"* | *"switched to timeline"*) ;;
    *) return 1 ;;
  esac
}

tell_receiver_failure() {
  tail -n 5 -- "$MOUNT/receiver.log" >&2
  fail "not-received"
}

# Makes the slot on the source unless it is there. $MOUNT/slot tells from now on that it may be.
take_slot() {
  local output
  : >"$MOUNT/slot" || fail "not-writable $MOUNT"
  output=$(source_sql 2>&1 <<<"select pg_create_physical_replication_slot('$SLOT', true)
    where not exists (select from pg_replication_slots where slot_name = '$SLOT')") || printf '%s\n' "$output" >>"$MOUNT/receiver.log"
}

give_back_slot() { if [ -e "$MOUNT/slot" ]; then remove_slot; fi; }

# Removes the slot from the source, which may be out of reach, and which may have none.
remove_slot() {
  local -x PGCONNECT_TIMEOUT=5
  local found
  if found=$(source_sql <<<"select slot_name from pg_replication_slots where slot_name = '$SLOT'") &&
    { [ -z "$found" ] || source_replication "DROP_REPLICATION_SLOT $SLOT WAIT" >/dev/null; }; then
    rm -f -- "$MOUNT/slot"
  else
    echo "If there is a slot $SLOT on the source, it stays there." >&2
  fi
}

# Whether the source has a slot, or none, as the dSource's parameters say by now.
slot_is_as_wanted() { if [ -n "$USE_SLOT" ]; then [ -e "$MOUNT/slot" ]; else [ ! -e "$MOUNT/slot" ]; fi; }

# Starts what keeps receiving WAL, unless it runs. It reconnects by itself.
start_receiver() {
  if receiver_runs; then return; fi
  : >"$MOUNT/receiver.log"
  if [ -n "$USE_SLOT" ]; then take_slot; else give_back_slot; fi
  (
    cd -- "$WAL" || exit 1
    exec setsid "$BIN/pg_receivewal" --verbose -D . -d "$CONNINFO application_name=opendvp" ${USE_SLOT:+--slot="$SLOT"} \
      </dev/null >>"$MOUNT/receiver.log" 2>&1 {never}>&-
  ) &
  echo $! >"$WAL/receiver.pid"
}

stop_receiver() {
  end_politely receiver_runs "$WAL/receiver.pid" 1000 INT KILL
  rm -f -- "$WAL/receiver.pid"
}
