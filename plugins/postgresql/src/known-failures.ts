/** A reason that can be told from what programs print, in words for the user; `$1` is the first group of the pattern. */
export interface KnownFailure {
  readonly pattern: RegExp;
  readonly message: string;
  readonly action: string;
}

/** Whose server answers a script: the source's those of staging, the copy's own those of a copy. The same words mean different things. */
export type Side = "staging" | "copy";

const RESYNC = "Sync with resync: it takes a new base backup.";

const FULL_DISK: KnownFailure = {
  pattern: /No space left on device|Disk quota exceeded/,
  message: "the disk is full",
  action: "Make room in the pool, for example by deleting snapshots, or enlarge it, and try again.",
};

const OF_THE_SOURCE: readonly KnownFailure[] = [
  {
    pattern: /password authentication failed for user "(.*)"/,
    message: 'the source does not accept the password of "$1"',
    action: "Correct user and password of the dSource.",
  },
  {
    pattern: /no password supplied/,
    message: "the source asks for a password, and the dSource has none",
    action: "Give the dSource a password.",
  },
  {
    pattern: /no pg_hba\.conf entry for replication connection from (.*)/,
    message: "the source lets nobody replicate from $1",
    action:
      'Add a line for it to the source\'s pg_hba.conf, such as "host replication USER ADDRESS/32 scram-sha-256", and reload the source.',
  },
  {
    pattern: /no pg_hba\.conf entry for (.*)/,
    message: "the source's pg_hba.conf has no entry for $1",
    action: "Add one for the user and database of the dSource, and reload the source.",
  },
  {
    pattern: /pg_hba\.conf rejects (.*)/,
    message: "the source's pg_hba.conf rejects the $1",
    action: "Change that entry for the user and address of the dSource, and reload the source.",
  },
  {
    pattern: /(?:Peer|Ident) authentication failed for user "(.*)"/,
    message: 'the source lets in as "$1" only the operating system\'s user that its pg_hba.conf names',
    action: "Give the dSource a user with a password, or connect through host and port.",
  },
  {
    pattern: /role "(.*)" does not exist/,
    message: 'the source has no role "$1"',
    action: "Correct the user of the dSource, or create the role: CREATE ROLE name LOGIN REPLICATION PASSWORD '…'.",
  },
  {
    pattern: /must be superuser or replication role|permission denied to start WAL sender/,
    message: "the user of the dSource may not replicate",
    action: "On the source: ALTER ROLE name REPLICATION.",
  },
  {
    pattern: /database "(.*)" does not exist|permission denied for database "?([^"\n]*)"?/,
    message: "the user of the dSource cannot connect to database $1$2",
    action: "Name another database of the source in the dSource's parameters.",
  },
  {
    pattern: /exceeds max_wal_senders|all replication slots are in use/,
    message: "the source has no room for another receiver",
    action: "Raise max_wal_senders and max_replication_slots of the source and restart it; staging needs two senders during a base backup.",
  },
  {
    pattern: /requires? "?wal_level"?|WAL streaming \(max_wal_senders > 0\)/,
    message: "the source writes too little WAL to be replicated",
    action: "Set wal_level = replica and max_wal_senders = 10 or more on the source, and restart it.",
  },
  {
    pattern: /requested WAL segment \S+ has already been removed/,
    message: "the source has removed WAL that staging had not received",
    action: `${RESYNC} To keep it from happening again, raise wal_keep_size of the source, or set useSlot.`,
  },
  {
    pattern: /opendvp: source-is-standby/,
    message: "the source is a standby itself",
    action: "Link the primary that it follows.",
  },
  {
    pattern: /opendvp: source-is-another/,
    message: "another cluster answers at the address of the source",
    action: `Correct host and port of the dSource. If the source has been made anew: ${RESYNC}`,
  },
  {
    pattern: /opendvp: source-has-new-timeline/,
    message: "the source has been promoted or restored since the last base backup",
    action: RESYNC,
  },
  {
    pattern: /opendvp: version-unsupported (\d+)/,
    message: "the source is PostgreSQL $1, and 13 is the oldest supported",
    action: "Upgrade the source.",
  },
  {
    pattern:
      /Connection refused|could not translate host name|No route to host|timeout expired|timed out|connection to server .* failed: No such file/,
    message: "nothing answers at the address of the source",
    action: "Start the source, or correct host and port of the dSource; see to it that staging may reach it through firewalls.",
  },
  {
    pattern: /the database system is (starting up|shutting down|in recovery mode)/,
    message: "the source is $1",
    action: "Wait until it takes connections, and try again.",
  },
];

const OF_STAGING: readonly KnownFailure[] = [
  {
    pattern: /opendvp: needs-resync/,
    message: "there is no complete base backup",
    action: RESYNC,
  },
  {
    pattern: /opendvp: tablespace-created (.*)/,
    message: "a tablespace was created on the source at $1, which staging must not touch",
    action: RESYNC,
  },
  {
    pattern: /opendvp: tablespace-not-mapped (.*)|directory "(.*)" exists but is not empty/,
    message: "a tablespace was created on the source at $1$2 while the base backup began",
    action: RESYNC,
  },
  {
    pattern: /opendvp: not-received/,
    message: "the WAL of the source does not arrive",
    action: "See what the receiver says, and try again; if WAL is missing, sync with resync.",
  },
];

const OF_A_COPY: readonly KnownFailure[] = [
  {
    pattern: /unrecognized configuration parameter "(.*?)"/,
    message: 'PostgreSQL has no parameter "$1"',
    action: "Correct or remove it in the copy's configuration.",
  },
  {
    pattern: /((?:invalid value for|parameter) .*?"[^"\n]*"[^\n]*)|([^\n]* is outside the valid range for parameter [^\n]*)/,
    message: "$1$2",
    action: "Correct the value in the copy's configuration.",
  },
  {
    pattern: /could not access file "(.*?)"/,
    message: 'the library "$1" is not installed on this host',
    action: "Install the extension, or set shared_preload_libraries in the copy's configuration.",
  },
  {
    pattern: /opendvp: port-in-use (\d+)/,
    message: "port $1 is in use",
    action: "Choose another port, or end what listens there.",
  },
  {
    pattern: /could not bind [^\n]*Address already in use|could not create any TCP\/IP sockets/,
    message: "its port is in use, or an address to listen on is not of this host",
    action: "Choose another port or other addresses.",
  },
  {
    pattern: /opendvp: socket-path-too-long (.*)/,
    message: "the path of its socket is longer than the 107 bytes that the operating system allows: $1",
    action: "Choose a shorter mount path.",
  },
  {
    pattern: /opendvp: tablespace-outside (.*)/,
    message: "a tablespace lies outside of the dataset, at $1, where no snapshot holds it",
    action: "Move what is in it to a tablespace in a directory below tablespaces/ of the mount path, and drop it.",
  },
  {
    pattern: /opendvp: tablespace-just-created (.*)/,
    message: "a tablespace was being created at $1 when the snapshot was taken",
    action: "Delete this snapshot and take another.",
  },
  {
    pattern: /opendvp: password-not-set/,
    message: "the superuser's password could not be set",
    action: "See what PostgreSQL says; the role that initdb made must exist under the name it had when the snapshot was prepared.",
  },
];

const OF_A_HOST: readonly KnownFailure[] = [
  {
    pattern: /initialized by PostgreSQL version (\d+), which is not compatible with this version (\d+)/,
    message: "the data is PostgreSQL $1, and the installation is $2",
    action: "Choose an installation of the same major version; install it on this host if there is none.",
  },
  {
    pattern: /opendvp: version-differs (\d+) (\d+)/,
    message: "the data is PostgreSQL $1, and the installation is $2",
    action: "Choose an installation of the same major version; install it on this host if there is none.",
  },
  {
    pattern: /could not map anonymous shared memory|could not create shared memory|Cannot allocate memory/,
    message: "there is not enough memory",
    action: "Stop other copies, or lower shared_buffers in the copy's configuration.",
  },
  {
    pattern: /opendvp: installation-missing (.*)/,
    message: "PostgreSQL is not complete in $1",
    action: "Install server and client programs of this version there, and refresh the environment.",
  },
  {
    pattern: /opendvp: user-is-root/,
    message: "PostgreSQL does not run as root",
    action: "Choose another user of the environment.",
  },
  {
    pattern: /opendvp: not-writable (.*)/,
    message: "$1 cannot be written",
    action: "See to it that the environment's user owns it.",
  },
  {
    pattern: /opendvp: data-missing (.*)/,
    message: "$1 holds no cluster",
    action: "Provision from another snapshot, or sync with resync.",
  },
  {
    pattern: /opendvp: does-not-stop/,
    message: "a process does not end",
    action: "End it on its host, and try again.",
  },
];

/** The first that matches counts, so that causes come before what follows from them. */
export const KNOWN_FAILURES: Readonly<Record<Side, readonly KnownFailure[]>> = {
  staging: [FULL_DISK, ...OF_THE_SOURCE, ...OF_A_HOST, ...OF_STAGING],
  copy: [FULL_DISK, ...OF_A_HOST, ...OF_A_COPY],
};
