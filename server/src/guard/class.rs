//! Which kind of door a path leads to: guards differ by it, and figures are counted by it.

/// Few words, for they are a label of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A shop's hook or a landing page's form: proven by its signature or its key.
    Hook,
    /// The API of scripts: proven by a bearer token.
    Api,
    /// A server function of the site, or a file that it takes or gives: proven by the cookie.
    Action,
    Socket,
    /// A list as a file, made while it is taken: proven by the cookie.
    Export,
    /// Health and figures.
    Machine,
    /// A file of the site.
    File,
    Page,
}

impl Class {
    pub fn of(path: &str) -> Self {
        let under =
            |prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if under("/hooks") || path == "/api/addNewOrder.html" {
            Class::Hook
        } else if under("/api/v1") {
            Class::Api
        } else if under("/api") || under("/import") {
            Class::Action
        } else if under("/export") {
            Class::Export
        } else if under("/live") {
            Class::Socket
        } else if matches!(path, "/healthz" | "/readyz" | "/metrics") {
            Class::Machine
        } else if under("/pkg") || path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
            Class::File
        } else {
            Class::Page
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Class::Hook => "hook",
            Class::Api => "api",
            Class::Action => "action",
            Class::Socket => "socket",
            Class::Export => "export",
            Class::Machine => "machine",
            Class::File => "file",
            Class::Page => "page",
        }
    }

    /// Whether a browser's cookie proves who asks. Where it does not, a foreign page gains nothing by asking.
    pub fn trusts_cookies(self) -> bool {
        match self {
            Class::Action | Class::Socket | Class::Export | Class::File | Class::Page | Class::Machine => true,
            Class::Hook | Class::Api => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    #[test]
    fn no_look_alike_path_gets_around_the_cookie_guards() {
        let cases = [
            ("/hooks/woocommerce/key", Class::Hook),
            ("/hooksy", Class::Page),
            ("/api/addNewOrder.html", Class::Hook),
            ("/api/addNewOrder.html/x", Class::Action),
            ("/api/v1/deals", Class::Api),
            ("/api/v1", Class::Api),
            ("/api/v10/deals", Class::Action),
            ("/api/app/board/api/move_deal", Class::Action),
            ("/import/upload", Class::Action),
            ("/import/7/report.csv", Class::Action),
            ("/important", Class::Page),
            ("/live", Class::Socket),
            ("/livestock", Class::Page),
            ("/export/deals.csv", Class::Export),
            ("/export", Class::Export),
            ("/exports.csv", Class::File),
            ("/settings/export", Class::Page),
            ("/api/v1/export/deals.csv", Class::Api),
            ("/pkg/voronka.js", Class::File),
            ("/robots.txt", Class::File),
            ("/", Class::Page),
            ("/board/3", Class::Page),
        ];
        for (path, class) in cases {
            assert_eq!(Class::of(path), class, "{path}");
        }
    }
}
