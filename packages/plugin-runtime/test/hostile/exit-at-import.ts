process.stderr.write("bye");
process.exit(5);

export const plugin = undefined;
