import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql } from 'graphql';
import type { Article } from './newsroom.ts';
import { bodyHtml, pictureOf } from './pages.ts';

const LARGEST = 100_000;

const SCHEMA = makeExecutableSchema({
  typeDefs: `
    type Query {
      "A page of articles, newest first."
      articles(page: Int! = 1, size: Int! = 20): ArticlePage!
      article(id: ID!): Article
      articlesByIds(ids: [ID!]!): [Article]!
    }
    type ArticlePage { items: [Article!]! pages: Int! total: Int! }
    type Article {
      id: ID! slug: String! title: String! lead: String! body: String!
      publishedAt: String! updatedAt: String! authorName: String! section: String! imageUrl: String!
      number: String! signedBy: String!
      "How often it has been read so far."
      views: Int!
      "Comments that the portal shows."
      commentsCount: Int!
    }
  `,
});

/** The portal's GraphQL endpoint over its part of the newsroom. POST JSON only, as most CMSs take it. */
export function answerGraphql(
  request: IncomingMessage,
  response: ServerResponse,
  articles: readonly Article[],
  now: number,
): void {
  const parts: Buffer[] = [];
  let length = 0;
  request.on('data', (part: Buffer) => {
    length += part.length;
    if (length > LARGEST) request.destroy();
    else parts.push(part);
  });
  request.on('end', async () => {
    const base = `http://${request.headers.host}`;
    const { status, body } = await answer(Buffer.concat(parts).toString(), rootOf(base, articles, now));
    response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(body));
  });
}

async function answer(text: string, rootValue: object): Promise<{ status: number; body: unknown }> {
  try {
    const { query, variables, operationName } = JSON.parse(text);
    const result = await graphql({
      schema: SCHEMA,
      source: String(query),
      rootValue,
      variableValues: variables,
      operationName,
    });
    return { status: 200, body: result };
  } catch {
    return { status: 400, body: { errors: [{ message: 'The body is not a GraphQL request.' }] } };
  }
}

function rootOf(base: string, articles: readonly Article[], now: number) {
  const alive = articles.filter(({ withdrawn }) => !withdrawn);
  const one = (id: string) => {
    const found = alive.find(({ number }) => String(number) === id);
    return found ? shown(base, found, now) : null;
  };
  return {
    articles: ({ page, size }: { page: number; size: number }) => {
      const most = Math.min(Math.max(size, 1), 50);
      const items = alive.slice((page - 1) * most, page * most).map(article => shown(base, article, now));
      return { items, pages: Math.ceil(alive.length / most), total: alive.length };
    },
    article: ({ id }: { id: string }) => one(id),
    articlesByIds: ({ ids }: { ids: readonly string[] }) => ids.map(one),
  };
}

function shown(base: string, article: Article, now: number) {
  // A reader every few seconds, and fewer as the news gets old.
  const minutes = Math.max(0, (now - article.published) / 60_000);
  const views = Math.floor(40 * Math.sqrt(minutes)) + (Math.floor(now / 5_000) % 17);
  return {
    id: String(article.number),
    slug: article.slug,
    title: article.title,
    lead: article.lead,
    body: bodyHtml(base, article),
    publishedAt: new Date(article.published).toISOString(),
    updatedAt: new Date(article.updated).toISOString(),
    authorName: article.author,
    section: article.category,
    imageUrl: pictureOf(base, article),
    number: `${Math.abs(article.number) + 100}/TB-GL`,
    signedBy: article.author,
    views,
    commentsCount: Math.floor(views / 60),
  };
}
