/** The console on a port of its own, for this machine alone. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConsoleServer, mountPath } from './server/index.ts';
import type { Source } from './server/source.ts';

export interface ServedConsole {
  readonly url: string;
  close(): Promise<void>;
}

/** @param port 0 for a free one. @throws Error that names a port in use */
export async function serveConsole(source: Source, port: number): Promise<ServedConsole> {
  const console = createConsoleServer(source);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === mountPath || path.startsWith(`${mountPath}/`)) return console.listener(request, response);
    return response.writeHead(path === '/' ? 302 : 404, { location: `${mountPath}/runs` }).end();
  });
  try {
    await listening(server, port);
  } catch (error) {
    await console.close();
    throw error;
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}${mountPath}`,
    async close() {
      await console.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use`, { cause: error }) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}
