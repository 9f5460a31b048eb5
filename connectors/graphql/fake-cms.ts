import { createServer, type Server } from 'node:http';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';

export interface FakeArticle {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly updatedAt: string;
}

export interface FakeCms {
  readonly server: Server;
  /** Operations asked so far. */
  readonly asked: { readonly authorization: string | undefined }[];
}

const SDL = `
  type Query {
    articles(page: Int! = 1, size: Int! = 50, since: String): Page!
    feed(after: String, first: Int! = 50): Connection!
    offset(skip: Int! = 0, take: Int! = 50): [Article!]!
    broken(page: Int): [Article]!
    nothing: [Article!]!
  }
  type Page { pages: Int! items: [Article!]! }
  type Connection { nodes: [Article!]! pageInfo: PageInfo! }
  type PageInfo { endCursor: String hasNextPage: Boolean! }
  type Article { id: ID! slug: String! title: String! updatedAt: String! }
`;

interface Args {
  readonly page?: number;
  readonly size?: number;
  readonly since?: string;
  readonly after?: string;
  readonly first?: number;
  readonly skip?: number;
  readonly take?: number;
}

/** A small CMS that speaks GraphQL at /graphql and shows its pages at /tin/<slug>. */
export function fakeCms(articles: readonly FakeArticle[]): FakeCms {
  const asked: FakeCms['asked'] = [];
  const handler = createHandler({ schema: schemaOver(articles) });
  const server = createServer((request, response) => {
    if (request.url === '/graphql') {
      asked.push({ authorization: request.headers.authorization });
      void handler(request, response);
      return;
    }
    const known = articles.some(({ slug }) => request.url === `/tin/${slug}`);
    response.writeHead(known ? 200 : 404).end();
  });
  return { server, asked };
}

function schemaOver(articles: readonly FakeArticle[]) {
  const changed = (since?: string) => articles.filter(({ updatedAt }) => !since || updatedAt > since);
  return makeExecutableSchema({
    typeDefs: SDL,
    resolvers: {
      Query: {
        articles: (_: unknown, { page = 1, size = 50, since }: Args) => {
          const chosen = changed(since);
          return {
            pages: Math.ceil(chosen.length / size),
            items: chosen.slice((page - 1) * size, page * size),
          };
        },
        feed: (_: unknown, { after, first = 50 }: Args) => {
          const from = Number(after ?? 0);
          const to = from + first;
          const hasNextPage = to < articles.length;
          return { nodes: articles.slice(from, to), pageInfo: { endCursor: String(to), hasNextPage } };
        },
        offset: (_: unknown, { skip = 0, take = 50 }: Args) => articles.slice(skip, skip + take),
        broken: (_: unknown, { page = 1 }: Args) =>
          page === 1
            ? [articles[0], new GraphQLError('one article is broken')]
            : articles.slice(page - 1, page),
        nothing: () => {
          throw new GraphQLError('the database is away');
        },
      },
    },
  });
}
