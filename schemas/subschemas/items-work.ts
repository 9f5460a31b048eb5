/** Sources and what an operator can ask of them. */
export const WORK_SDL = `
"One harvestable endpoint of a site."
type Source {
  "\`<site>/<source>\`, its name everywhere."
  name: ID!
  "Id of the connector that reads it."
  connector: String!
  "How it is doing."
  state: SourceState!
  "When it falls due. Null when it isn't registered yet."
  due: DateTime
  "Present wait between harvests, in seconds. Null when it isn't registered yet."
  interval: Int
  "Last success. Null when there was none."
  lastSucceeded: DateTime
  "Last time something new or changed came in. Null when there was none."
  lastChanged: DateTime
  "Failures in a row."
  failures: Int!
  "Why its last turn failed. Null after a success."
  lastError: SourceError
  "Until when it is paused. Null when it isn't paused, or without end."
  pausedUntil: DateTime
  "New and changed items it gave so far."
  harvested: Int!
}

"Why a source's last turn failed."
type SourceError {
  "From the closed list of codes."
  code: String!
  "For people."
  message: String!
  "When."
  at: DateTime!
}

"What can be done. Everything here needs \`operate\`, by POST: UNAUTHENTICATED without a token, FORBIDDEN without the scope."
type Mutation {
  "Makes a source due now, whatever its interval. Errors: NOT_FOUND."
  harvest(
    "\`<site>/<source>\`."
    source: ID!
  ): Harvest!

  "Stops harvesting a source. Null on an error: NOT_FOUND."
  pause(
    "\`<site>/<source>\`."
    source: ID!
    "Until then; without end when absent. A moment that has passed ends the pause."
    until: DateTime
  ): Source
}

"A harvest that was asked for."
type Harvest {
  "The source."
  source: Source!
  "When it was asked for."
  requested: DateTime!
}
`;
