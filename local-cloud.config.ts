export { localCloud as default } from './localstack/local-cloud.ts';
