import { handler } from '../../studio.ts';

export const dynamic = 'force-dynamic';

const answer = (request: Request): Promise<Response> => handler.fetch(request);

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
