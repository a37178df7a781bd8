const shop = { full_name: "acme/shop", name: "shop", owner: { login: "acme" } };

/** The part of GitHub's event that is read: pull request 7 of acme/shop, from a branch of it or of somebody's fork. */
export function pullRequestEvent({ head = "acme/shop" }: { readonly head?: string } = {}): unknown {
  return {
    action: "synchronize",
    number: 7,
    repository: shop,
    pull_request: { number: 7, head: { ref: "change", sha: "a".repeat(40), repo: { full_name: head } }, base: { ref: "main", repo: shop } },
  };
}
