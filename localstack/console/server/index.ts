/** The console's server: page, assets, API and event stream below one path. It knows the runs only by its source. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Closable } from '#embedded/index.ts';
import { builtPage, layoutOf } from '../build/index.ts';
import { createApi } from './api.ts';
import { answerAsset } from './assets.ts';
import { createFaults } from './faults/index.ts';
import { refusalOf } from './guard.ts';
import { createLive } from './live.ts';
import { mountPath, pageReply, securityHeaders } from './page.ts';
import { type Reply, refused } from './reply.ts';
import { createRuns } from './runs.ts';
import { AwsFailure, type Source } from './source.ts';
import { createRecorder, type Recorder } from './trouble/index.ts';

export { localSource } from './local-source.ts';
export { mountPath } from './page.ts';

export interface ConsoleServer extends Closable {
  readonly listener: RequestListener;
}

export function createConsoleServer(
  source: Source,
  recorder: Recorder = createRecorder(source.observe),
): ConsoleServer {
  const { observe, machineArn } = source;
  const runs = createRuns(source);
  const faults = source.intercept === undefined ? undefined : createFaults(source.intercept, machineArn);
  const api = createApi(source, runs, recorder, faults);
  const live = createLive({ observe, machineArn, epoch: Date.now().toString(36), faults });

  /** A drawing takes a second or two the first time. What is wrong is told once it is asked for. */
  function prepare(): void {
    const drawn = runs.definition(undefined).then(layoutOf);
    Promise.all([builtPage(), drawn]).catch(() => {});
  }

  async function answer(path: string, query: URLSearchParams, request: IncomingMessage): Promise<Reply> {
    if (path.startsWith('/assets/'))
      return answerAsset(path.slice('/assets/'.length), request.headers['if-none-match']);
    if (path.startsWith('/api/')) {
      const body = request.method === 'POST' ? JSON.parse((await text(request)) || 'null') : undefined;
      return api({ method: request.method ?? 'GET', path: path.slice('/api'.length), query, body });
    }
    prepare();
    return pageReply;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request);
    if (refusal !== undefined) return send(response, refused(403, refusal));
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const path = url.pathname.slice(mountPath.length);
      if (path === '/api/stream') return live.open(request, response);
      send(response, await answer(path, url.searchParams, request));
    } catch (error) {
      send(response, failed(error));
    }
  }

  return {
    listener: (request, response) => void handle(request, response),
    async close() {
      live.close();
      recorder.close();
      faults?.close();
    },
  };
}

function failed(error: unknown): Reply {
  if (error instanceof AwsFailure) return refused(error.status, `${error.code}: ${error.message}`);
  if (error instanceof SyntaxError || error instanceof URIError) return refused(400, error.message);
  return refused(500, error instanceof Error ? error.message : String(error));
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...securityHeaders, ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
