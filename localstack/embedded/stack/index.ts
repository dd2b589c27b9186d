export { type LoadOptions, loadStack } from './load-stack.ts';
export { StackError } from './stack-error.ts';
