import { productionSettings } from '#infra/production-example.ts';

export { productionSettings };

/** The least environment that configures a stage. */
export function settingsOf(stage: string): NodeJS.ProcessEnv {
  return stage === 'prod' ? productionSettings : { STAGE: stage };
}
