import type { PersonId, TenantId } from '../../src/domain/ids.ts'
import type { Person } from '../../src/domain/person.ts'
import type { People } from '../../src/ports/store.ts'
import { direct } from './direct.ts'
import { documentId } from './document-id.ts'
import { insertOnce } from './guards.ts'
import type { Models, PersonDoc } from './models.ts'
import type { Seals } from './seal.ts'

/**
 * One document a person. All of it is sealed (a hold, a pause, an open topic tell as much as words do) but for what the
 * roster and the guard read: name, roles, coach, revision. The name is the platform's profile data, known to everyone there.
 */
export const createPeople = ({ people }: Pick<Models, 'people'>, seals: Seals): People => {
  const clear = ({ name, roles, revision }: Person) => ({ name, roles, revision })
  const documents = direct(people)
  const sealOf = (person: Person) => seals.seal(placeOf(person.tenant, person.id), person)
  return {
    async find(tenant, person) {
      const doc = await documents.findOne(keyOf(tenant, person), { sealed: 1 })
      return doc ? seals.open<Person>(placeOf(tenant, person), doc.sealed) : undefined
    },
    async roster(tenant) {
      const docs = await people.find({ tenant }, { person: 1, name: 1, roles: 1, coach: 1 }).sort({ _id: 1 }).lean()
      return docs.map(({ person, name, roles, coach }) => ({ id: person, name, roles, coach }))
    },
    async insert(person) {
      const document: PersonDoc = {
        ...keyOf(person.tenant, person.id),
        person: person.id,
        ...clear(person),
        ...coachOf(person),
        sealed: await sealOf(person),
      }
      return insertOnce(people, document)
    },
    async save(person) {
      const { matchedCount } = await documents.updateOne(
        { ...keyOf(person.tenant, person.id), revision: person.revision - 1 },
        {
          $set: { ...clear(person), ...coachOf(person), sealed: await sealOf(person) },
          ...(person.client ? {} : { $unset: { coach: 1 } }),
        },
      )
      return matchedCount === 1
    },
  }
}

const keyOf = (tenant: TenantId, person: PersonId) => ({ _id: documentId(tenant, person), tenant })

const placeOf = (tenant: TenantId, person: PersonId) => ({
  tenant,
  person,
  kind: 'people',
  id: documentId(tenant, person),
  purpose: 'person',
})

const coachOf = ({ client }: Person): { coach?: PersonId } => (client ? { coach: client.coach } : {})
