// biome-ignore lint/suspicious/noExplicitAny: arguments of a Terraform function are of any type; wrong ones fail below.
export type TerraformFunction = (...args: any[]) => unknown;
