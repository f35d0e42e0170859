import fc from "fast-check";

/** Names that meet each other often, some of which need quoting everywhere. */
const NAMES = ["a", "b", "c", "folder/d", "folder/e", "-rf", 'it\'s "odd"', "line\nbreak", "ünïcödé", "folder/sub/ *"] as const;

const quoted = NAMES.map((text) => `'./${text.replaceAll("'", "'\\''")}'`);
const name = fc.constantFrom(...quoted);
const kiB = fc.integer({ min: 0, max: 300 });
const day = fc.integer({ min: 10, max: 12 });

/** The tree that changes begin with: every name is a file, some of them the same one. */
export const SOMETHING = [
  "mkdir -p folder/sub",
  ...quoted.map((at) => `head -c 50K /dev/urandom > ${at}`),
  "ln -f a b; ln -f a folder/d",
].join("\n");

/** One thing that happens to a tree, as bash; what is not possible as the tree stands does not happen. */
const frequent = fc.oneof(
  fc.tuple(name, kiB).map(([at, size]) => `rm -rf ${at}; head -c ${size}K /dev/urandom > ${at}`),
  fc.tuple(name, kiB).map(([at, where]) => `head -c 700 /dev/urandom | dd of=${at} bs=1K seek=${where} conv=notrunc,nocreat status=none`),
  // The same size and the same time, but other content.
  fc
    .tuple(name, day)
    .map(([at, when]) => `head -c 5000 /dev/urandom > t; [ ! -f ${at} ] || { cat t > ${at}; touch -d 2020-01-${when} ${at}; }; rm t`),
  fc.tuple(name, name).map(([one, other]) => `[ ${one} = ${other} ] || ln -f ${one} ${other}`),
  fc.tuple(name, name).map(([one, other]) => `[ -d ${other} ] || mv -f ${one} ${other}`),
  // What an editor does: the other names of the file keep the former one.
  name.map((at) => `[ ! -f ${at} ] || { cp -p ${at} t; mv -f t ${at}; }`),
);
const rare = fc.oneof(
  fc.tuple(name, kiB).map(([at, size]) => `truncate -s ${size * 50}K ${at}`),
  name.map((at) => `rm -rf ${at}`),
  name.map((at) => `rm -f ${at}; mkdir -p ${at}`),
  fc.tuple(name, name).map(([at, target]) => `rm -rf ${at}; ln -s ${target} ${at}`),
  fc.tuple(name, fc.constantFrom("600", "4755", "2770", "000")).map(([at, mode]) => `chmod ${mode} ${at}`),
  fc.tuple(name, fc.integer({ min: 0, max: 70_000 })).map(([at, owner]) => `chown -h ${owner}:${owner + 1} ${at}`),
  fc.tuple(name, fc.integer({ min: 0, max: 9 })).map(([at, value]) => `setfattr -n user.x -v ${value} ${at}`),
  fc.tuple(name, fc.integer({ min: 1000, max: 1003 })).map(([at, user]) => `setfacl -m u:${user}:rwx ${at}`),
  fc.tuple(name, day).map(([at, when]) => `touch -h -d '2020-01-${when} 12:00:00.123456789' ${at}`),
);

const change = fc.oneof({ arbitrary: frequent, weight: 3 }, { arbitrary: rare, weight: 1 });

/** What happens to a tree between two syncs. */
export const changes: fc.Arbitrary<string> = fc
  .array(change, { minLength: 4, maxLength: 20 })
  .map((all) => ["mkdir -p folder/sub 2>/dev/null || true", ...all.map((one) => `{ ${one}; } 2>/dev/null || true`)].join("\n"));
