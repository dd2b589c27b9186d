import { openTarget, type Target } from '#test/support/e2e/target.ts';
import { type Cloud, startCloud } from '#test/support/kill-rounds/cloud.ts';

/** The target of the load, which may be killed and started again. */
export interface Served {
  /** The one that answers now, or will once it has started again. */
  current(): Promise<Target>;
  /** As a power cut would; it starts again with its data. Undefined where the target is not ours to kill. */
  readonly kill?: () => Promise<void>;
  close(): Promise<void>;
}

/** A local cloud of the load's own. */
export async function ownCloud(dataFolder: string): Promise<Served> {
  let cloud: Promise<Cloud> = startCloud(dataFolder);
  await cloud;
  return {
    current: () => cloud,
    async kill() {
      const old = await cloud;
      cloud = old.kill().then(() => startCloud(dataFolder));
      await cloud;
    },
    close: async () => (await cloud).close(),
  };
}

/** What `API_URL` and `AWS_ENDPOINT_URL` name. */
export async function otherTarget(): Promise<Served> {
  const target = await openTarget();
  return { current: async () => target, close: () => target.close() };
}
