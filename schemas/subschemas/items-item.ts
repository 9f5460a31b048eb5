/** Core fields of an item. Fields that others contribute are in their own subschemas. */
const fields = `
  "Stable for good and the same in every channel: \`urn:uuid:…\`."
  id: ID!
  "The publisher's own page, cleaned of tracking. Null once the content is erased."
  link: URL
  "Our page of it: attribution, time, and the way to the original."
  page: URL!
  "Plain text, one line."
  title: String!
  "Plain text: the publisher's own summary, or the beginning of the content. Null when there is neither."
  summary: String
  "The body, cleaned. Null when the source gives none."
  content: HTML
  "The body without markup, white space folded. Null when the source gives none."
  contentText: String
  "BCP 47. Null when neither told nor recognisable."
  language: String
  "Who wrote it, as printed; empty when the site doesn't say."
  authors: [Author!]!
  "Categories as the site names them."
  categories: [String!]!
  "Ids of the federation's topics."
  topics: [ID!]!
  "When the publisher published it. Null when its date can't be read."
  published: DateTime
  "When the publisher last changed it. Null when it doesn't say."
  updated: DateTime
  "When it first became visible here. Null for items that never were."
  released: DateTime
  "Ids of the items that it corrects: each is withdrawn, and its tombstone leads here (\`replacedBy\`). Null when it corrects none."
  replaces: [ID!]
  "Came in older than the connection of its source: an archive item, not news."
  backfill: Boolean!
  "The publication it is from. Null when that site is no longer in the federation."
  site: Site
  "The line to print beside it, whole and in parts."
  attribution: Attribution!
  "One lead picture. Null when it has none."
  picture: Picture
  "All pictures, films, sounds and documents."
  media: [Media!]!
  "Who may use it how, as the site says. Null when it doesn't say."
  rights: String
  "Its wordings, newest first: when each came and what it changed."
  versions: [Version!]!
  "What other sites tell the same news: who was first, and who posted it again. Null when nobody else tells it."
  story: Story
  "How current this is: when its source was last read with success. Up to 10 s behind."
  freshness: Freshness!
  "The source's own id of it. Null without \`operate\` or the site's own key, and when it has none."
  sourceId: String
  "What the publisher says of it. Null without \`operate\` or the site's own key."
  pubStatus: PubStatus
  "Its stored state. Null without \`operate\` or the site's own key."
  visibility: Visibility
  "Why it has that state. Null without \`operate\` or the site's own key, and when there is nothing to say."
  visibilityReason: String
  "When a held item is due. Null without \`operate\` or the site's own key, and when nothing is set."
  releaseAt: DateTime
  "The source it came by. Null without \`operate\` or the site's own key, and when the source is gone."
  source: Source
`;

const types = `
"Somebody who wrote an item."
type Author {
  "As printed."
  name: String!
}

"The line to print beside a republished item, whole and in parts."
type Attribution {
  "Ready to print: \`Phạm Công – Báo Dân trí, 08:30, 21/11/2026\`."
  text: String!
  "The publication."
  agency: String!
  "Names of the authors."
  authors: [String!]!
  "The publisher's time. Null when unknown."
  published: DateTime
  "The original. Null once the content is erased."
  link: URL
}

"A lead picture."
type Picture {
  "Where it lies. Null when its address is none of the web."
  url: URL
  "Pixels. Null when not known."
  width: Int
  "Pixels. Null when not known."
  height: Int
  "Text for who can't see it. Null when the site gives none."
  alt: String
  "Whose picture it is. Null when the site doesn't say."
  credit: String
}

"A picture, film, sound or document that belongs to an item."
type Media {
  "Where it lies. Null when its address is none of the web."
  url: URL
  "Media type, RFC 6838. Null when not known."
  type: String
  "Bytes, as declared. Null when not known; films can pass 2 GB, so a Float."
  length: Float
  "Pixels. Null when not known."
  width: Int
  "Pixels. Null when not known."
  height: Int
  "Text for who can't see it. Null when the site gives none."
  alt: String
  "Caption. Null when the site gives none."
  caption: String
  "Whose it is. Null when the site doesn't say."
  credit: String
  "Who may use it how. Null when the site doesn't say."
  rights: String
}

"One earlier or present wording of an item, without its text."
type Version {
  "When we first saw this wording."
  at: DateTime!
  "SHA-256 (hex) of what is syndicated."
  hash: String!
  "How it came to be."
  kind: VersionKind!
  "Names of the fields that changed."
  changed: [String!]!
}

"How a version came to be."
enum VersionKind {
  "First seen."
  CREATED
  "Edited by its publisher."
  UPDATED
  "Published again after a withdrawal."
  RESTORED
}

"What the publisher says of an item; ninjs \`pubstatus\`."
enum PubStatus {
  "May be published."
  USABLE
  "Not at present."
  WITHHELD
  "Taken back for good."
  CANCELED
}

"The stored state of an item."
enum Visibility {
  "Waits for its release."
  HELD
  "Out in every channel."
  RELEASED
  "Taken from view in doubt; can come back."
  HIDDEN
  "Gone, its content erased."
  WITHDRAWN
}
`;

export const ITEM_SDL = { fields, types };
