/** What a platform's directory says somebody is there. Only members are invited. */
export type FoundStanding = 'member' | 'guest' | 'bot' | 'left'
