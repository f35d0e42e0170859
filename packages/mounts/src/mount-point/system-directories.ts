/** Directories of the system: nothing is mounted there or anywhere below. */
const WITH_ALL_BELOW = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/lost+found",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/snap",
  "/sys",
  "/usr",
  "/var/backups",
  "/var/cache",
  "/var/lib/apt",
  "/var/lib/dpkg",
  "/var/lib/systemd",
  "/var/lock",
  "/var/log",
  "/var/mail",
  "/var/run",
  "/var/spool",
];

/** Directories that hold other people's: not to be covered themselves, but a place for mount points. */
const THEMSELVES = [
  "/",
  "/export",
  "/home",
  "/media",
  "/mnt",
  "/opt",
  "/srv",
  "/tmp",
  "/var",
  "/var/lib",
  "/var/local",
  "/var/opt",
  "/var/tmp",
];

/** The system directory that a mount point would cover or lie in. */
export function systemDirectoryOf(path: string): string | undefined {
  return THEMSELVES.find((directory) => directory === path) ?? WITH_ALL_BELOW.find((directory) => isWithin(path, directory));
}

/** Whether a path is a directory or lies below it; both normalised. */
export function isWithin(path: string, directory: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}
