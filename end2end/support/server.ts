// The product's own binary as a process: its command line, and the server that the browsers talk to.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Database } from './database';

const run = promisify(execFile);
const START_MS_MAX = 20_000;

export class Server {
  private child: ChildProcess | null = null;
  private port = 0;
  private log = '';
  /** What else its environment says; before it starts. */
  readonly also: NodeJS.ProcessEnv = {};

  constructor(private readonly database: Database) {}

  /** Another process on the same database. */
  twin(): Server {
    return new Server(this.database);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port };
  }

  /** What the server wrote to its log. */
  get words(): string {
    return this.log;
  }

  /** A subcommand, answered in JSON. */
  async cli<T = Record<string, unknown>>(...args: string[]): Promise<T> {
    const { stdout } = await run(binary(), [...args, '--json'], { env: this.env() });
    return JSON.parse(stdout) as T;
  }

  /** Listens on the port it had before, or on any free one the first time. */
  async start(): Promise<void> {
    const child = spawn(binary(), ['serve', '--json'], { env: this.env(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    child.stderr?.on('data', (chunk) => {
      this.log += String(chunk);
    });
    const first = new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout! }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${this.log}`)));
      setTimeout(() => reject(new Error(`the server did not start:\n${this.log}`)), START_MS_MAX).unref();
    });
    const { listening } = JSON.parse(await first) as { listening: string };
    this.port = Number(listening.split(':').pop());
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  private env(): NodeJS.ProcessEnv {
    // Foreign systems are doubles on this machine.
    const open = { WEBHOOKS_INSECURE: 'true' };
    return { PATH: process.env.PATH, ...open, ...this.also, LOG: 'warn', LISTEN_ADDR: `127.0.0.1:${this.port}`, SITE_DIR: site(), ...this.database.env };
  }
}

function binary(): string {
  return found('SERVER', process.env.SERVER || '../target/debug/server');
}

function site(): string {
  return found('SITE_DIR', process.env.SITE_DIR || '../target/site');
}

function found(variable: string, path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not there: build first, or set ${variable}`);
  return path;
}
