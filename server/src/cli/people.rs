//! Users and tokens from the command line.

use clap::Subcommand;
use domain::auth::Role;
use domain::ids::{CommandId, Millis, TokenId};
use serde_json::json;
use store::auth::{Invite, NewToken};
use store::{Ctx, Store};

use super::Answer;
use super::shops::find_storefronts;
use crate::failure::Failure;

#[derive(Subcommand)]
pub enum UserCommand {
    /// Invite somebody; prints the link on which they set their password
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// owner, admin, head, manager or viewer
        #[arg(long, value_parser = role)]
        role: Role,
        /// A storefront they belong to, by name or number; several times for several
        #[arg(long)]
        storefront: Vec<String>,
    },
    /// Print a link that signs somebody in once
    Link {
        #[arg(long)]
        email: String,
    },
}

#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make a script's token; it is printed once and never again
    Create {
        #[arg(long)]
        name: String,
        /// owner, admin, head, manager or viewer
        #[arg(long, value_parser = role)]
        role: Role,
        /// A storefront it sees, by name or number; none: every one, for admins and owners only
        #[arg(long)]
        storefront: Vec<String>,
        /// It ends after so many days; without this it lasts until it is revoked
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3_650))]
        expires_days: Option<u16>,
    },
    /// The tokens that open something, and when each was last used
    List,
    /// End a token at once
    Revoke {
        #[arg(long)]
        id: i64,
    },
}

fn role(key: &str) -> Result<Role, String> {
    Role::parse(key).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.into_iter().map(Role::key).collect();
        format!("a role is one of {}", known.join(", "))
    })
}

pub async fn user(store: &Store, ctx: &Ctx, url: &str, command: UserCommand) -> Result<Answer, Failure> {
    match command {
        UserCommand::Create { email, name, role, storefront } => {
            let storefronts = find_storefronts(store, ctx, &storefront).await?;
            let invite = Invite { name, email, role, storefronts };
            let (user, token) = store.invite(ctx, CommandId::new_v4(), invite).await?;
            let link = format!("{url}/invite/{token}");
            Ok(Answer {
                words: format!("{} may set a password here, within a week:\n{link}", user.name),
                json: json!({ "id": user.id, "email": user.email, "role": role.key(), "link": link }),
            })
        }
        UserCommand::Link { email } => {
            let asked = email.trim().to_lowercase();
            let users = store.users(ctx).await?;
            let user = users.iter().find(|user| user.email == asked);
            let user = user.ok_or_else(|| Failure::new(format!("there is nobody with the address {email:?}")))?;
            let token = store.make_entrance(ctx, user.id).await?;
            let link = format!("{url}/enter/{token}");
            Ok(Answer {
                words: format!("Signs {} in once, within a day:\n{link}", user.name),
                json: json!({ "id": user.id, "email": user.email, "link": link }),
            })
        }
    }
}

pub async fn token(store: &Store, ctx: &Ctx, command: TokenCommand) -> Result<Answer, Failure> {
    match command {
        TokenCommand::Create { name, role, storefront, expires_days } => {
            let expires_at = expires_days.map(|days| ctx.now + i64::from(days) * 86_400_000);
            create_token(store, ctx, (name, role, storefront), expires_at).await
        }
        TokenCommand::List => {
            let tokens = store.tokens(ctx).await?;
            let words: Vec<String> =
                tokens.iter().map(|token| format!("{} {} ({})", token.id, token.name, token.role.key())).collect();
            Ok(Answer { words: words.join("\n"), json: json!(tokens) })
        }
        TokenCommand::Revoke { id } => {
            store.revoke_token(ctx, CommandId::new_v4(), TokenId(id)).await?;
            Ok(Answer { words: "The token opens nothing any more.".into(), json: json!({ "id": id, "revoked": true }) })
        }
    }
}

async fn create_token(
    store: &Store,
    ctx: &Ctx,
    (name, role, storefront): (String, Role, Vec<String>),
    expires_at: Option<Millis>,
) -> Result<Answer, Failure> {
    let storefronts = find_storefronts(store, ctx, &storefront).await?;
    if storefronts.is_empty() && !role.sees_every_storefront() {
        return Err(Failure::new(format!("a {} token needs --storefront: which shop may it see?", role.key())));
    }
    let new = NewToken { name, role, storefronts, expires_at };
    let (info, token) = store.create_token(ctx, CommandId::new_v4(), new).await?;
    Ok(Answer {
        words: format!("The token of {:?}; it is not shown again:\n{token}", info.name),
        json: json!({ "id": info.id, "name": info.name, "role": role.key(), "token": token }),
    })
}
