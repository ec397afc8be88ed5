import i18n from 'i18next';

/** One field that the server refuses, by its place: "payload/lines/0/quantity". */
export interface BadField {
  pointer: string;
  code: string;
  detail?: string;
  detail_zh?: string;
}

interface ProblemBody {
  type?: string;
  rule?: string;
  status?: number;
  title?: string;
  title_zh?: string;
  detail?: string;
  detail_zh?: string;
  what_to_do?: string;
  what_to_do_zh?: string;
  article?: string;
  confidence?: string;
  errors?: BadField[];
}

export interface PackedProblem {
  body: object;
  status: number;
  retryAfter: number | null;
}

/** An application/problem+json answer as an error to throw. */
export class Problem extends Error {
  readonly status: number;
  readonly rule: string;
  readonly article: string;
  readonly confidence: string;
  readonly errors: BadField[];
  readonly retryAfter: number | null;

  constructor(
    private readonly body: ProblemBody,
    status: number,
    retryAfter: string | null = null,
  ) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.rule = body.rule ?? body.type?.split('/').pop() ?? `http-${status}`;
    this.article = body.article ?? '';
    this.confidence = body.confidence ?? '';
    this.errors = body.errors ?? [];
    this.retryAfter = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  }

  /** In the language of the page. */
  text(member: 'title' | 'detail' | 'what_to_do'): string {
    const chinese = i18n.language.startsWith('zh');
    return (chinese ? this.body[`${member}_zh`] : undefined) ?? this.body[member] ?? '';
  }

  /** What is wrong with one field; where nothing is said of it alone, it is what the whole is refused for. */
  errorText(field: BadField): string {
    return (i18n.language.startsWith('zh') ? field.detail_zh : undefined) || field.detail || this.text('detail') || field.code;
  }

  /** As something that can be told to another page of this browser. */
  packed(): PackedProblem {
    return { body: this.body, status: this.status, retryAfter: this.retryAfter };
  }

  static unpacked({ body, status, retryAfter }: PackedProblem): Problem {
    return new Problem(body as ProblemBody, status, retryAfter === null ? null : String(retryAfter));
  }

  static async of(response: Response): Promise<Problem> {
    const body = await response.json().catch(() => ({}));
    return new Problem(body as ProblemBody, response.status, response.headers.get('retry-after'));
  }
}

/** The server cannot be reached: not an answer, so nothing is known about what was sent. */
export class Offline extends Error {}
