//! The keys of scripts.

super::messages! {
    settings_tokens => "API", "API", "API";
    tokens_hint => "Ключ API дає скрипту або іншій програмі ті самі права, що й роль людини, — і не більше.", "An API token gives a script or another program the rights of a role, and no more.", "Ключ API даёт скрипту или другой программе те же права, что и роль человека, — и не больше.";
    tokens_docs => "Що вміє API", "What the API can do", "Что умеет API";
    tokens_none => "Ключів ще немає: жодна програма сюди не заходить.", "There are no tokens yet: no program comes in here.", "Ключей ещё нет: ни одна программа сюда не заходит.";
    tokens_list => "Ключі", "Tokens", "Ключи";
    token_new => "Новий ключ", "New token", "Новый ключ";
    token_name => "Для чого цей ключ", "What is it for", "Для чего этот ключ";
    token_name_example => "Звіт для бухгалтера", "The accountant's report", "Отчёт для бухгалтера";
    token_role_hint => "Дайте найменшу роль, якої досить.", "Give the smallest role that is enough.", "Дайте самую малую роль, которой хватит.";
    token_every_storefront => "Усі вітрини, майбутні теж", "Every storefront, future ones too", "Все витрины, будущие тоже";
    token_storefronts_hint => "Ключ бачить угоди лише цих вітрин.", "The token sees the deals of these storefronts only.", "Ключ видит сделки только этих витрин.";
    token_storefront_needed => "Виберіть хоча б одну вітрину.", "Choose at least one storefront.", "Выберите хотя бы одну витрину.";
    token_life => "Скільки діє", "How long it lasts", "Сколько действует";
    token_life_month => "30 днів", "30 days", "30 дней";
    token_life_quarter => "90 днів", "90 days", "90 дней";
    token_life_year => "1 рік", "1 year", "1 год";
    token_life_endless => "Без терміну", "Without an end", "Без срока";
    token_life_endless_hint => "Такий ключ діє, доки його не відкличуть: якщо він потрапить до чужих рук, сам він не згасне.", "Such a token works until it is revoked: in the wrong hands it does not go out by itself.", "Такой ключ действует, пока его не отзовут: попав в чужие руки, сам он не погаснет.";
    token_create => "Створити ключ", "Create the token", "Создать ключ";
    token_created(name: &str) => "Ключ «{name}» створено", "Token “{name}” created", "Ключ «{name}» создан";
    token_text => "Ключ", "Token", "Ключ";
    token_once => "Ключ показано один раз. Скопіюйте його зараз: тут його більше не буде.", "The token is shown once. Copy it now: it will not be here again.", "Ключ показан один раз. Скопируйте его сейчас: здесь его больше не будет.";
    token_kept => "Скопійовано, сховати", "Copied, hide it", "Скопировано, скрыть";
    token_made(span: &str, who: &str) => "створено {span} тому, {who}", "made {span} ago by {who}", "создан {span} назад, {who}";
    token_made_now(who: &str) => "створено щойно, {who}", "made just now by {who}", "создан только что, {who}";
    token_maker_machine => "з командного рядка", "the command line", "из командной строки";
    token_ends(span: &str) => "діє ще {span}", "lasts {span} more", "действует ещё {span}";
    token_never_ends => "діє без терміну", "never expires", "действует без срока";
    token_expired => "термін дії минув", "expired", "срок действия истёк";
    token_used(span: &str) => "востаннє використано {span} тому", "last used {span} ago", "последний раз использован {span} назад";
    token_used_now => "щойно використано", "used just now", "только что использован";
    token_not_used => "ще не використано", "not used yet", "ещё не использован";
    token_revoke => "Відкликати", "Revoke", "Отозвать";
    token_revoke_of(name: &str) => "Відкликати «{name}»", "Revoke “{name}”", "Отозвать «{name}»";
    token_revoke_title(name: &str) => "Відкликати ключ «{name}»?", "Revoke the token “{name}”?", "Отозвать ключ «{name}»?";
    token_revoke_ask => "Програма, яка ним користується, одразу втратить доступ. Повернути ключ не можна — лише створити новий.", "The program that uses it loses access at once. A token can't be brought back, only replaced by a new one.", "Программа, которая им пользуется, сразу потеряет доступ. Вернуть ключ нельзя — только создать новый.";
    token_revoked(name: &str) => "Ключ «{name}» відкликано", "Token “{name}” revoked", "Ключ «{name}» отозван";
}

/// How long a token lasts, in words.
pub fn token_life_name(lang: super::Lang, life: crate::auth::TokenLife) -> &'static str {
    use crate::auth::TokenLife;
    match life {
        TokenLife::Month => token_life_month(lang),
        TokenLife::Quarter => token_life_quarter(lang),
        TokenLife::Year => token_life_year(lang),
        TokenLife::Endless => token_life_endless(lang),
    }
}
