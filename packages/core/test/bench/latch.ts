/** Something that a test waits for, or lets others wait for. */
export class Latch {
  readonly opened: Promise<undefined>;
  open: () => void = () => undefined;
  fail: (error: unknown) => void = () => undefined;

  constructor() {
    this.opened = new Promise((resolve, reject) => {
      this.open = () => resolve(undefined);
      this.fail = reject;
    });
  }
}
