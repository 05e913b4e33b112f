import type { Zone } from './schedule.ts'

/** A line where somebody listens: what it is called there, and its number as dialled within the country. */
export type EmergencyLine = { readonly name: string; readonly number: string }

type Country = { readonly emergency: string; readonly lines: readonly EmergencyLine[] }

/**
 * Emergency numbers and crisis lines, by ISO 3166 country. Only numbers that the named source publishes; written down in
 * November 2026, to be looked at again each year by whoever operates this. A country that is missing here gets "your local
 * emergency number", which is better than a wrong one.
 */
export const EMERGENCY_LINES: Readonly<Record<string, Country>> = {
  // 112: European Emergency Number (Directive (EU) 2018/1972, art. 109). 142: TelefonSeelsorge Österreich, telefonseelsorge.at; 144: ambulance.
  AT: { emergency: '144 / 112', lines: [{ name: 'TelefonSeelsorge', number: '142' }] },
  // 000: triplezero.gov.au. 13 11 14: Lifeline, lifeline.org.au.
  AU: { emergency: '000', lines: [{ name: 'Lifeline', number: '13 11 14' }] },
  // 911, and 988 Suicide Crisis Helpline since 30 November 2023: 988.ca.
  CA: { emergency: '911', lines: [{ name: '988', number: '988' }] },
  // 144: ambulance. 143: Die Dargebotene Hand, 143.ch.
  CH: { emergency: '144 / 112', lines: [{ name: 'Die Dargebotene Hand / La Main Tendue', number: '143' }] },
  // 112. TelefonSeelsorge Deutschland, telefonseelsorge.de.
  DE: {
    emergency: '112',
    lines: [{ name: 'TelefonSeelsorge', number: '0800 111 0 111 / 0800 111 0 222' }],
  },
  // 112. 024: Línea de atención a la conducta suicida, Ministerio de Sanidad, since 10 May 2022.
  ES: { emergency: '112', lines: [{ name: 'Línea 024', number: '024' }] },
  // 112. 3114: Numéro national de prévention du suicide, 3114.fr, since 1 October 2021.
  FR: { emergency: '112', lines: [{ name: '3114', number: '3114' }] },
  // 999 or 112. 116 123: Samaritans, samaritans.org.
  GB: { emergency: '999 / 112', lines: [{ name: 'Samaritans', number: '116 123' }] },
  // 112 or 999. 116 123: Samaritans Ireland.
  IE: { emergency: '112', lines: [{ name: 'Samaritans', number: '116 123' }] },
  // 911: emergencias, gob.mx. 800 911 2000: Línea de la Vida, CONASAMA.
  MX: { emergency: '911', lines: [{ name: 'Línea de la Vida', number: '800 911 2000' }] },
  // 112. 113 or 0800-0113: 113 Zelfmoordpreventie, 113.nl.
  NL: { emergency: '112', lines: [{ name: '113 Zelfmoordpreventie', number: '113 / 0800 0113' }] },
  // 111. 1737: Need to talk?, 1737.org.nz.
  NZ: { emergency: '111', lines: [{ name: '1737', number: '1737' }] },
  // 911, and 988 Suicide & Crisis Lifeline since 16 July 2022: 988lifeline.org.
  US: { emergency: '911', lines: [{ name: '988 Suicide & Crisis Lifeline', number: '988' }] },
}

const zones = (country: string, names: readonly Zone[]): Readonly<Record<Zone, string>> =>
  Object.fromEntries(names.map(zone => [zone, country]))

/**
 * Zones that say the country (IANA zone.tab). Left out on purpose: those under which chat platforms put several countries
 * (Amsterdam, Brussels, Paris, Belgrade, Warsaw and their like).
 */
export const ZONE_COUNTRY: Readonly<Record<Zone, string>> = {
  ...zones('AT', ['Europe/Vienna']),
  ...zones('AU', [
    'Australia/Adelaide',
    'Australia/Brisbane',
    'Australia/Darwin',
    'Australia/Hobart',
    'Australia/Melbourne',
    'Australia/Perth',
    'Australia/Sydney',
  ]),
  ...zones('CA', [
    'America/Edmonton',
    'America/Halifax',
    'America/Regina',
    'America/St_Johns',
    'America/Toronto',
    'America/Vancouver',
    'America/Winnipeg',
  ]),
  ...zones('CH', ['Europe/Zurich']),
  ...zones('DE', ['Europe/Berlin']),
  ...zones('ES', ['Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid']),
  ...zones('GB', ['Europe/London', 'Europe/Belfast']),
  ...zones('IE', ['Europe/Dublin']),
  ...zones('MX', [
    'America/Cancun',
    'America/Hermosillo',
    'America/Merida',
    'America/Mexico_City',
    'America/Monterrey',
    'America/Tijuana',
  ]),
  ...zones('NZ', ['Pacific/Auckland', 'Pacific/Chatham']),
  ...zones('US', [
    'America/Anchorage',
    'America/Boise',
    'America/Chicago',
    'America/Denver',
    'America/Detroit',
    'America/Los_Angeles',
    'America/New_York',
    'America/Phoenix',
    'Pacific/Honolulu',
  ]),
}

/** 112 reaches the emergency services in each country that chat platforms put under these zones. */
export const EUROPE_WITH_112: readonly Zone[] = [
  'Europe/Amsterdam',
  'Europe/Athens',
  'Europe/Bratislava',
  'Europe/Brussels',
  'Europe/Bucharest',
  'Europe/Budapest',
  'Europe/Copenhagen',
  'Europe/Helsinki',
  'Europe/Lisbon',
  'Europe/Ljubljana',
  'Europe/Luxembourg',
  'Europe/Oslo',
  'Europe/Paris',
  'Europe/Prague',
  'Europe/Riga',
  'Europe/Rome',
  'Europe/Sofia',
  'Europe/Stockholm',
  'Europe/Tallinn',
  'Europe/Vilnius',
  'Europe/Warsaw',
  'Europe/Zagreb',
]
