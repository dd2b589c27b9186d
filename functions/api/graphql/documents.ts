import {
  buildASTSchema,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { maxAliasCharacters, maxTokens } from './limits.ts';
import { MalformedRequestError } from './read-request.ts';

const maxErrors = 20;
/** Documents are generated with the front-ends, so that few are sent again and again. */
const maxKeptDocuments = 100;
const maxKeptCharacters = 10_000;

export type ReadDocument = (
  query: string,
) => { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** The schema of the SDL, without checking again what a test checks. */
export const schemaOf = (sdl: string): GraphQLSchema =>
  buildASTSchema(parse(sdl, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });

/** Parses and validates documents, each once. Without introspection nothing hints at what the schema has, either. */
export function documentReader(
  schema: GraphQLSchema,
  { introspection }: { readonly introspection: boolean },
): ReadDocument {
  const rules = [...specifiedRules, shortAliases, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const kept = new Map<string, DocumentNode>();
  return (query) => {
    const known = kept.get(query);
    if (known !== undefined) return { document: known };
    const document = parsed(query);
    const errors = validate(schema, document, rules, { maxErrors, hideSuggestions: !introspection });
    if (errors.length > 0) return { errors };
    if (query.length <= maxKeptCharacters) {
      if (kept.size >= maxKeptDocuments) kept.clear();
      kept.set(query, document);
    }
    return { document };
  };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [place] = error.locations ?? [];
    const where = place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
    throw new MalformedRequestError(`Unable to parse GraphQL query: ${error.message}${where}`);
  }
}

const shortAliases: ValidationRule = (context) => ({
  Field(node) {
    if ((node.alias?.value.length ?? 0) <= maxAliasCharacters) return;
    context.reportError(
      new GraphQLError(`An alias may have at most ${maxAliasCharacters} characters`, { nodes: node }),
    );
  },
});
