/**
 * Identities. All are opaque strings; the brands only keep one from being passed for another.
 * A tenant is one installation and one programme; a person is unique within a tenant.
 */
export type TenantId = string & { readonly brand: 'TenantId' }
export type PersonId = string & { readonly brand: 'PersonId' }

/** The one place where a checked string becomes a TenantId. */
// A brand exists only in the types, so a cast is the only way to give it.
export const tenantId = (id: string): TenantId => id as TenantId
/** The one place where a checked string becomes a PersonId. */
export const personId = (id: string): PersonId => id as PersonId
