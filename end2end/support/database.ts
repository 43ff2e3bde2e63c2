// A fresh database for a test: a file in a temporary folder, or a database of its own on the PostgreSQL of the run.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Database {
  /** What the server is started with. */
  env: Record<string, string>;
  drop(): void;
}

export function makeDatabase(kind: 'sqlite' | 'postgres'): Database {
  const dir = mkdtempSync(join(tmpdir(), 'voronka-e2e-'));
  const forget = () => rmSync(dir, { recursive: true, force: true });
  if (kind === 'sqlite') {
    return { env: { DATA_DIR: dir, DATABASE_URL: '' }, drop: forget };
  }
  const root = process.env.TEST_POSTGRES_URL;
  if (!root) {
    forget();
    throw new Error('TEST_POSTGRES_URL is not set: run these tests through `.ci/postgres run …`, which starts one');
  }
  const name = `e2e_${randomBytes(6).toString('hex')}`;
  psql(root, `CREATE DATABASE ${name}`);
  const url = new URL(root);
  url.pathname = `/${name}`;
  return {
    env: { DATA_DIR: dir, DATABASE_URL: url.toString() },
    drop: () => {
      psql(root, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      forget();
    },
  };
}

function psql(url: string, statement: string) {
  execFileSync('psql', [url, '-q', '-v', 'ON_ERROR_STOP=1', '-c', statement], { stdio: ['ignore', 'ignore', 'pipe'] });
}
