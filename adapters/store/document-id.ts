import type { TenantId } from '../../src/domain/ids.ts'

/**
 * The `_id` of a document: its tenant and what names it there, joined by '/'. Uniqueness and every single-document guard
 * then rest on `_id` alone, which all engines keep unique, sharded or not. '/' and '%' inside a part are escaped, so two
 * lists of parts never meet in one id; a lone surrogate is too, since BSON would turn each into the same U+FFFD.
 */
export const documentId = (tenant: TenantId, ...parts: readonly (string | number)[]): string =>
  [tenant, ...parts].map(part => escaped(String(part))).join('/')

const SPECIAL = /[%/\p{Cs}]/u
const EVERY_SPECIAL = /[%/\p{Cs}]/gu

const escaped = (part: string): string =>
  SPECIAL.test(part) ? part.replace(EVERY_SPECIAL, sign => `%${sign.charCodeAt(0).toString(16)}.`) : part
