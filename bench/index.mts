/** `npm run bench`: this package and Mailchimp's own client side by side against the same simulator. */
import { contacts } from './contacts.mts';
import { tags } from './tags.mts';

await contacts();
await tags();
