import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { View } from "../language-host.ts";

/** Where a process sees what it is shown. */
const SHOWN_BELOW = "/opendvp";

/** What programs and name resolution need of a machine; nothing of any data. */
const SYSTEM_DIRECTORIES = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] as const;
const SYSTEM_FILES = [
  "/dev/null",
  "/dev/zero",
  "/dev/full",
  "/dev/random",
  "/dev/urandom",
  "/etc/alternatives",
  "/etc/ca-certificates",
  "/etc/group",
  "/etc/gai.conf",
  "/etc/host.conf",
  "/etc/hosts",
  "/etc/ld.so.cache",
  "/etc/localtime",
  "/etc/nsswitch.conf",
  "/etc/passwd",
  "/etc/pki",
  "/etc/protocols",
  "/etc/resolv.conf",
  "/etc/services",
  "/etc/ssl/certs",
  "/etc/ssl/openssl.cnf",
] as const;

/** Also for an engine without root, whose plugins own its files. */
const READ_ONLY_BIND = "none bind,ro,nosuid,nodev";

/** The file system that one plugin process sees, as a mount table to be built below a directory. */
export class SandboxView implements View {
  readonly #root: string;
  readonly #lines: string[] = [];
  readonly #directories = new Set<string>(["dev"]);
  readonly #files: string[] = [];
  readonly #links: string[] = [];

  constructor(root: string, hiddenDirectories: readonly string[]) {
    this.#root = root;
    for (const path of SYSTEM_DIRECTORIES) this.#addSystemDirectory(path);
    for (const path of SYSTEM_FILES) if (existsSync(path)) this.#bind(path, path);
    for (const path of hiddenDirectories) this.#hide(path);
    this.#mount("/proc", { type: "proc", options: "nosuid,nodev,noexec,hidepid=2" });
    this.#mount("/tmp", { type: "tmpfs", options: "nosuid,nodev,mode=1777,size=256m,nr_inodes=65536" });
  }

  show(hostPath: string, name: string): string {
    const path = `${SHOWN_BELOW}/${name}`;
    this.#bind(hostPath, path);
    return path;
  }

  showInPlace(hostPath: string): void {
    this.#bind(hostPath, realpathSync(hostPath));
  }

  /** The arguments of SANDBOX_SCRIPT that this view makes up. */
  scriptArguments(): readonly [root: string, table: string, directories: string, files: string, links: string] {
    return [this.#root, this.#lines.join("\n"), [...this.#directories].join("\n"), this.#files.join("\n"), this.#links.join("\n")];
  }

  /** A symbolic link such as /bin → usr/bin is made again, a directory is bound. */
  #addSystemDirectory(path: string): void {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    if (entry === undefined) return;
    if (entry.isSymbolicLink()) this.#links.push(`${path.slice(1)}=${readlinkSync(path)}`);
    else this.#bind(path, path);
  }

  #bind(hostPath: string, path: string): void {
    const source = realpathSync(hostPath);
    const inside = path.slice(1);
    const entry = statSync(source);
    if (entry.isDirectory()) this.#directories.add(inside);
    else {
      this.#directories.add(dirname(inside));
      this.#files.push(inside);
    }
    this.#addLine(source, path, entry.isCharacterDevice() ? "none bind" : READ_ONLY_BIND);
  }

  #hide(path: string): void {
    if (path.startsWith("/usr/") && existsSync(path)) this.#addLine("tmpfs", path, "tmpfs ro,size=4k,mode=555");
  }

  #mount(path: string, { type, options }: { readonly type: string; readonly options: string }): void {
    this.#directories.add(path.slice(1));
    this.#addLine(type, path, `${type} ${options}`);
  }

  #addLine(source: string, path: string, typeAndOptions: string): void {
    this.#lines.push(`${escaped(source)} ${escaped(this.#root + path)} ${typeAndOptions} 0 0`);
  }
}

/** As mount tables write white space and backslashes. */
function escaped(path: string): string {
  return path.replace(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
