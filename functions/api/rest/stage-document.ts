/** Fields of `CreateBooking` that only stages with fault injection take. */
const faultFields: ReadonlySet<string> = new Set(['runType', 'cancelFailureRate']);

interface Document {
  readonly components: {
    readonly schemas: { readonly CreateBooking: { readonly properties: Readonly<Record<string, unknown>> } };
  };
}

/** The OpenAPI document of this stage: it leaves out fields that this stage refuses. */
export function documentOfStage<Full extends Document>(document: Full, { faults }: { faults: boolean }): Full {
  if (faults) return document;
  const { components } = document;
  const { CreateBooking } = components.schemas;
  const properties = Object.entries(CreateBooking.properties).filter(([name]) => !faultFields.has(name));
  return {
    ...document,
    components: {
      ...components,
      schemas: {
        ...components.schemas,
        CreateBooking: { ...CreateBooking, properties: Object.fromEntries(properties) },
      },
    },
  };
}
