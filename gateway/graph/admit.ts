import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, visit } from 'graphql';
import { CodedError } from '../../schemas/errors.ts';
import { type Rights, requireScope } from '../http/access.ts';
import type { Services } from '../http/services.ts';
import { type Cost, requireAffordable } from './cost.ts';
import { requireModestVariables } from './limits.ts';

/** Who asks, and of which federation. */
export interface Asking {
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly rights: Rights;
  /** Writing is allowed: false where a link alone must not act, as in GET. */
  readonly mayWrite: boolean;
  readonly services: Pick<Services, 'federation'>;
}

/**
 * What one operation of a valid document costs; or throws, told before anything is executed, for all lanes alike:
 * LIMIT_EXCEEDED, METHOD_NOT_ALLOWED, UNAUTHENTICATED, FORBIDDEN, BAD_INPUT.
 */
export function admit(document: DocumentNode, chosen: OperationDefinitionNode, asking: Asking): Cost {
  refuseSubscription(chosen);
  requireModestVariables(asking.variables ?? {});
  const cost = requireAffordable(document, chosen, asking.variables);
  if (chosen.operation === OperationTypeNode.MUTATION) refuseWriting(asking);
  if (!maySeeSchema(asking) && asksForSchema(document)) throw schemaNotShown();
  return cost;
}

/** Validation lets it pass: where there is no such type, nothing is known of its fields. */
function refuseSubscription({ operation }: OperationDefinitionNode): void {
  if (operation !== OperationTypeNode.SUBSCRIPTION) return;
  throw new CodedError(
    'BAD_INPUT',
    'There are no subscriptions here. GET /changes with `accept: text/event-stream` tells of every change.',
  );
}

/** Every mutation needs the operator. */
function refuseWriting({ rights, mayWrite }: Asking): void {
  if (!mayWrite) throw new CodedError('METHOD_NOT_ALLOWED', 'What changes something is asked by POST.');
  requireScope(rights, 'operate');
}

/** Everybody, unless the federation file says `graphql.introspection: false`; then the operator alone. */
export function maySeeSchema({ rights, services }: Pick<Asking, 'rights' | 'services'>): boolean {
  return services.federation.graphql.introspection || rights.scopes.has('operate');
}

function schemaNotShown(): CodedError {
  return new CodedError(
    'FORBIDDEN',
    'This federation shows its schema to its operator only (`graphql.introspection: false` in its federation file).',
    { data: { introspection: false } },
  );
}

/** In any of its operations and fragments, whatever `@skip` says. */
function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]: ({ name: { value } }) => {
      if (value === '__schema' || value === '__type') found = true;
    },
  });
  return found;
}
