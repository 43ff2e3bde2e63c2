// DHL, on this machine: it says of a parcel what a test lets happen to it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Happening {
  code: string;
  at: string;
  town: string;
  words?: string;
}

export class Dhl {
  /** When it expects to deliver everything. */
  due: string | null = null;
  private readonly parcels = new Map<string, Happening[]>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const asked = new URL(request.url!, this.url).searchParams.get('trackingNumber') ?? '';
      const happened = this.parcels.get(asked);
      const body = happened
        ? { shipments: [{ id: asked, estimatedTimeOfDelivery: this.due, status: event(happened[0]), events: happened.map(event) }] }
        : { title: 'No result found', detail: 'No shipment with given tracking number found.', status: 404, instance: 'x' };
      response.writeHead(happened ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  static async start(): Promise<Dhl> {
    const dhl = new Dhl();
    await new Promise<void>((resolve) => dhl.server.listen(0, '127.0.0.1', resolve));
    return dhl;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The newest first, as DHL tells it. */
  happens(number: string, what: Happening): void {
    this.parcels.set(number, [what, ...(this.parcels.get(number) ?? [])]);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function event({ code, at, town, words }: Happening): object {
  const location = town ? { address: { addressLocality: town } } : undefined;
  return { timestamp: at, statusCode: code, status: code, description: words ?? code, location };
}
