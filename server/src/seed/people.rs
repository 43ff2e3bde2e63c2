//! Invented people: names, phones and emails. Nobody here is anybody, but a drawn phone or address may well belong
//! to somebody, so a shop that was filled with these must not write to them.

use rand::{Rng, RngExt};

/// The shop's own people: name, the email's local part, and the key of their `domain::auth::Role`.
pub const TEAM: [(&str, &str, &str); 6] = [
    ("Оксана Гнатюк", "oksana", "owner"),
    ("Роман Лисенко", "roman", "admin"),
    ("Наталія Яремчук", "nataliia", "head"),
    ("Богдан Савчук", "bohdan", "manager"),
    ("Юлія Мартинюк", "yuliia", "manager"),
    ("Ігор Паламарчук", "ihor", "viewer"),
];

/// A customer as a shop knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As the customer typed it: mostly the name and the surname, sometimes the other way round or the name alone.
    pub name: String,
    /// E.164, always +380 and nine digits.
    pub phone: String,
    pub email: Option<String>,
}

pub fn person(rng: &mut impl Rng) -> Person {
    let woman = rng.random_ratio(58, 100);
    let first = common_first(rng, if woman { &WOMEN } else { &MEN });
    let surname = common_first(rng, &SURNAMES);
    let surname = if woman { feminine(surname) } else { surname.to_owned() };
    let name = match rng.random_range(0..100) {
        0..86 => format!("{first} {surname}"),
        86..95 => format!("{surname} {first}"),
        _ => first.to_owned(),
    };
    let phone = phone(rng);
    let email = rng.random_ratio(55, 100).then(|| email(rng, first, &surname));
    Person { name, phone, email }
}

/// An entry of a list whose head is drawn more often than its tail, as common names are.
fn common_first<'a>(rng: &mut impl Rng, names: &[&'a str]) -> &'a str {
    let last = names.len() as u32;
    let drawn = rng.random_range(0..last).min(rng.random_range(0..last));
    names[drawn as usize]
}

/// A woman's form of a surname; most Ukrainian surnames have only one form.
pub fn feminine(surname: &str) -> String {
    if let Some(stem) = surname.strip_suffix("ий") {
        return format!("{stem}а");
    }
    if ["ов", "ев", "єв"].iter().any(|ending| surname.ends_with(ending)) {
        return format!("{surname}а");
    }
    surname.to_owned()
}

fn phone(rng: &mut impl Rng) -> String {
    let (operator, _) = OPERATORS[super::goods::weighted(rng, &OPERATORS.map(|(_, weight)| weight))];
    format!("+38{operator}{:07}", rng.random_range(0..10_000_000_u32))
}

fn email(rng: &mut impl Rng, first: &str, surname: &str) -> String {
    let first = transliterate(first);
    let surname = transliterate(surname);
    let initial = &first[..1];
    let year: u32 = rng.random_range(62..=106);
    let local = match rng.random_range(0..100) {
        0..22 => format!("{first}.{surname}"),
        22..38 => format!("{surname}.{first}"),
        38..54 => format!("{initial}.{surname}"),
        54..72 => format!("{surname}{}", 1900 + year),
        72..84 => format!("{first}{surname}{:02}", year % 100),
        84..92 => format!("{surname}_{first}"),
        _ => format!("{first}_{:02}", year % 100),
    };
    let (host, _) = HOSTS[super::goods::weighted(rng, &HOSTS.map(|(_, weight)| weight))];
    format!("{local}@{host}")
}

/// Ukrainian in Latin letters by the Cabinet of Ministers' table of 2010, in lower case; what has no letter there
/// is left out, as the apostrophe and the soft sign are.
pub fn transliterate(text: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    let mut previous = ' ';
    for letter in text.to_lowercase().chars() {
        let starts_word = !previous.is_alphabetic() && !matches!(previous, '\'' | '’' | 'ʼ');
        latin.push_str(match letter {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            // «зг» is «zgh», to tell it from «ж».
            'г' if previous == 'з' => "gh",
            'г' => "h",
            'ґ' => "g",
            'д' => "d",
            'е' => "e",
            'є' if starts_word => "ye",
            'є' => "ie",
            'ж' => "zh",
            'з' => "z",
            'и' => "y",
            'і' => "i",
            'ї' if starts_word => "yi",
            'ї' => "i",
            'й' if starts_word => "y",
            'й' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ю' if starts_word => "yu",
            'ю' => "iu",
            'я' if starts_word => "ya",
            'я' => "ia",
            ' ' => " ",
            '-' => "-",
            _ => "",
        });
        previous = letter;
    }
    latin
}

/// Mobile prefixes with the leading zero, weighted by how many subscribers their operators have.
const OPERATORS: [(&str, u32); 12] = [
    ("067", 16),
    ("068", 13),
    ("096", 11),
    ("097", 13),
    ("098", 12),
    ("050", 10),
    ("066", 8),
    ("095", 9),
    ("099", 8),
    ("063", 9),
    ("073", 5),
    ("093", 9),
];

const HOSTS: [(&str, u32); 5] = [("gmail.com", 66), ("ukr.net", 22), ("i.ua", 4), ("meta.ua", 3), ("icloud.com", 5)];

#[rustfmt::skip]
const WOMEN: [&str; 66] = [
    "Олена", "Наталія", "Оксана", "Ірина", "Тетяна", "Юлія", "Анна", "Марія", "Катерина", "Світлана", "Людмила",
    "Анастасія", "Вікторія", "Ольга", "Галина", "Надія", "Любов", "Софія", "Валентина", "Аліна", "Христина",
    "Дарина", "Інна", "Лариса", "Алла", "Яна", "Діана", "Дарія", "Марина", "Вероніка", "Поліна", "Леся", "Уляна",
    "Соломія", "Зоряна", "Мар’яна", "Богдана", "Роксолана", "Іванна", "Ганна", "Євгенія", "Ярослава", "Руслана",
    "Віра", "Ніна", "Лідія", "Раїса", "Тамара", "Єлизавета", "Злата", "Мілана", "Емілія", "Кіра", "Олександра",
    "Антоніна", "Маргарита", "Ангеліна", "Камілла", "Стефанія", "Орися", "Лілія", "Неля", "Жанна", "Еліна",
    "Владислава", "Меланія",
];

#[rustfmt::skip]
const MEN: [&str; 65] = [
    "Олександр", "Сергій", "Андрій", "Володимир", "Микола", "Іван", "Василь", "Віктор", "Дмитро", "Юрій", "Максим",
    "Олег", "Михайло", "Анатолій", "Ігор", "Роман", "Віталій", "Петро", "Артем", "Богдан", "Олексій", "Євген",
    "Ярослав", "Тарас", "Денис", "Назар", "Владислав", "Вадим", "Павло", "Руслан", "Станіслав", "Степан",
    "Валентин", "Антон", "Кирило", "Данило", "Тимофій", "Матвій", "Остап", "Любомир", "Орест", "Святослав",
    "Григорій", "Валерій", "Леонід", "Борис", "Костянтин", "Едуард", "Мирослав", "Ростислав", "Арсен", "Марко",
    "Лев", "Захар", "Нестор", "Федір", "Яків", "Георгій", "Гліб", "Ілля", "Ігнат", "Зіновій", "Давид", "Микита",
    "Ярема",
];

/// The commonest first. The best known surnames of public people are left out on purpose.
#[rustfmt::skip]
const SURNAMES: [&str; 176] = [
    "Мельник", "Бондаренко", "Коваленко", "Ткаченко", "Кравченко", "Олійник", "Коваль", "Поліщук", "Бондар",
    "Ткачук", "Мороз", "Марченко", "Лисенко", "Руденко", "Савченко", "Петренко", "Клименко", "Павленко", "Савчук",
    "Кузьменко", "Левченко", "Пономаренко", "Василенко", "Мартинюк", "Харченко", "Карпенко", "Гаврилюк", "Литвин",
    "Коломієць", "Паламарчук", "Гончарук", "Романюк", "Гончар", "Марчук", "Міщенко", "Назаренко", "Демченко",
    "Гончаренко", "Кириченко", "Панченко", "Тарасенко", "Федоренко", "Мазур", "Дяченко", "Шевчук", "Кушнір",
    "Приходько", "Бабенко", "Козак", "Яковенко", "Сидоренко", "Юрченко", "Миронюк", "Вовк", "Захарченко",
    "Степаненко", "Гнатюк", "Кравець", "Прокопенко", "Мартиненко", "Панасюк", "Білоус", "Семенюк", "Яремчук",
    "Ковальський", "Левицький", "Савицький", "Вишневський", "Яворський", "Соколовський", "Заблоцький", "Гуменюк",
    "Романенко", "Макаренко", "Онищенко", "Тищенко", "Нестеренко", "Волошин", "Кучер", "Швець", "Ярошенко",
    "Остапенко", "Пилипенко", "Ковалів", "Іванців", "Дорошенко", "Скрипник", "Чумак", "Гордієнко", "Авраменко",
    "Максименко", "Тимченко", "Кухар", "Козаченко", "Мисник", "Стельмах", "Бойчук", "Іваненко", "Мацюк",
    "Данилюк", "Дем’янчук", "Лук’янчук", "Лук’яненко", "Дем’яненко", "В’юник", "Солов’яненко", "Якимчук",
    "Якименко", "Юрчук", "Ющук", "Єременко", "Євтушенко", "Їжакевич", "Щербак", "Щербина", "Згурський",
    "Розгон", "Білецький", "Чорний", "Білий", "Рудий", "Малий", "Вербицький", "Островський", "Залізняк",
    "Квітковський", "Крупський", "Радченко", "Цимбал", "Цимбалюк", "Хоменко", "Хомич", "Гавриш", "Гайдук",
    "Галушко", "Горобець", "Грабар", "Гриценко", "Грицай", "Дубина", "Дудник", "Жук", "Журавель", "Зінченко",
    "Зінчук", "Іващенко", "Калина", "Каменюк", "Кобзар", "Лобода", "Лозинський", "Лозовий", "Мандрик", "Міхненко",
    "Нагірний", "Наливайко", "Недашківський", "Олексюк", "Пасічник", "Підгірний", "Рибак", "Рогач", "Сагайдак",
    "Синявський", "Слюсар", "Сорока", "Степанов", "Сухомлин", "Теслюк", "Ус", "Фесенко", "Чередник", "Шаповал",
    "Ярмоленко", "Снігур", "Ніколаєв",
];

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn people(seed: u64, count: usize) -> Vec<Person> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        (0..count).map(|_| person(&mut rng)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_people() {
        assert_eq!(people(7, 50), people(7, 50));
        assert_ne!(people(7, 50), people(8, 50));
    }

    #[test]
    fn phones_are_e164_and_emails_are_ascii() {
        for person in people(1, 5_000) {
            assert_eq!(person.phone.len(), 13, "{person:?}");
            assert!(person.phone.starts_with("+380") && person.phone[1..].bytes().all(|b| b.is_ascii_digit()));
            assert!(!person.name.trim().is_empty());
            let Some(email) = person.email else { continue };
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._@".contains(c);
            assert!(email.chars().all(fits), "{email}");
            assert_eq!(email.matches('@').count(), 1, "{email}");
        }
    }

    #[test]
    fn the_table_of_2010_is_kept() {
        for (cyrillic, latin) in [
            ("Згурський", "zghurskyi"),
            ("Їжакевич", "yizhakevych"),
            ("Єлизавета", "yelyzaveta"),
            ("Мар’яна", "mariana"),
            ("Щербина", "shcherbyna"),
            ("Юлія", "yuliia"),
            ("Гаєвич", "haievych"),
            ("Ґалаґан", "galagan"),
            ("Знам’янка", "znamianka"),
            ("Цюпа Яків", "tsiupa yakiv"),
        ] {
            assert_eq!(transliterate(cyrillic), latin, "{cyrillic}");
        }
    }

    #[test]
    fn surnames_take_their_feminine_form() {
        for (his, hers) in [
            ("Левицький", "Левицька"),
            ("Чорний", "Чорна"),
            ("Степанов", "Степанова"),
            ("Ніколаєв", "Ніколаєва"),
            ("Мельник", "Мельник"),
            ("Ковалів", "Ковалів"),
            ("Волошин", "Волошин"),
        ] {
            assert_eq!(feminine(his), hers);
        }
    }

    #[test]
    fn no_name_is_listed_twice() {
        for names in [&WOMEN[..], &MEN[..], &SURNAMES[..]] {
            let distinct: std::collections::BTreeSet<_> = names.iter().collect();
            assert_eq!(distinct.len(), names.len());
        }
    }

    #[test]
    fn the_team_has_two_managers_and_one_of_each_other_role() {
        let roles: Vec<_> = TEAM.iter().map(|(_, _, role)| *role).collect();
        assert_eq!(roles, ["owner", "admin", "head", "manager", "manager", "viewer"]);
        assert!(TEAM.iter().all(|(name, local, _)| transliterate(name).starts_with(local)));
    }
}
