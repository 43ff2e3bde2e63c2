// The wire between a browser and the server, which a test may cut and mend. Chromium's own offline switch leaves open
// websockets alone, so it can't show what a lost connection is like.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Wire {
  private listener: Server | null = null;
  private sockets = new Set<Socket>();
  private port = 0;

  constructor(private readonly to: () => { host: string; port: number }) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async mend(): Promise<void> {
    const listener = createServer((near) => {
      const far = connect(this.to());
      for (const [one, other] of [[near, far], [far, near]] as const) {
        this.sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(this.port, '127.0.0.1', resolve);
    });
    this.listener = listener;
    this.port = (listener.address() as AddressInfo).port;
  }

  /** Every connection breaks, and no new one is taken. */
  async cut(): Promise<void> {
    const listener = this.listener;
    this.listener = null;
    const closed = new Promise<void>((resolve) => (listener ? listener.close(() => resolve()) : resolve()));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }
}
