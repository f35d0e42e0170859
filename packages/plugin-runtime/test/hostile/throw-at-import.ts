throw new Error("no way");

export const plugin = undefined;
