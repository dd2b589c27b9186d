import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Lambda hands a function its role's credentials in environment variables, so of the SDK's default credential chain
 * (shared files, SSO, processes, web identity, container and instance metadata) only that link can ever be used.
 * The others weigh about 35 kB gzipped a bundle.
 */
export const lambdaCredentials: Plugin = {
  name: 'lambda-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ importer }) => ({
      path: 'environment-credentials',
      namespace: 'lambda-credentials',
      pluginData: { resolveDir: dirname(importer) },
    }));
    build.onLoad({ filter: /.*/, namespace: 'lambda-credentials' }, ({ pluginData }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
      loader: 'js',
      resolveDir: (pluginData as { resolveDir: string }).resolveDir,
    }));
  },
};
