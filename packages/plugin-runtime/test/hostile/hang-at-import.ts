for (;;);

export const plugin = undefined;
