/** What a function may touch. Each need gives the setting that names the thing and the permission to use it, together. */
export type Need =
  | 'sales'
  /** To look at a sale and change nothing. */
  | 'read-sales'
  /** Who is at the desk. */
  | 'desk-sessions'
  | 'links'
  | 'parked'
  /** Mails that wait to be sorted: to look at one, or to take it off as well. */
  | 'read-post-box'
  | 'post-box'
  /** To find and delete what a shop sent about somebody. */
  | 'forget-parked'
  | 'queue'
  /** Who is to be forgotten. */
  | 'forget-queue'
  /** Mails that came in; nothing when no mail comes in. */
  | 'mail-archive'
  | 'forget-mail'
  | 'secrets'
  /** What the hourly synthetic sale is signed with; nothing when there is none. */
  | 'canary-secret'
  | 'mail'
  /** To forget people: rows of a sale that find them. */
  | 'forget'
  /** To write the rows that find a sale, all of them at once. */
  | 'search-rows'
  | 'forget-links'
  /** To take off the list whoever a pause holds no more; nothing else can be deleted with it. */
  | 'held-sales'
  /** To find the sales of a shop that is gone. Nothing else looks for them, so no index is paid for with every write. */
  | 'scan-sales'
  /** The index of open promises. */
  | 'lists'
  /** One owner of it at a time. */
  | 'open-promises'
  /** The index of waits by the time they run to. */
  | 'due-waits'
  /** How much of its quota the mail service has given, and whether it sends at all. */
  | 'mail-account'
  | 'pages'
  | 'signal'
  /** Whether a promise's execution is under way. */
  | 'look'
  | 'start-follow-up'
  | 'start-promise';
