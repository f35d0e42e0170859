export const plugin = { looks: "like a plugin" };
