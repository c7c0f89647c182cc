package io.broadcaster.api.http;

/** Request bodies. The spec is that of the testkit's fixtures, so that its content hash is the fixtures' snapshot's. */
final class Bodies {
    private Bodies() {}

    static String campaign(String id) {
        return "{\"id\":\"" + id + "\"," + spec().substring(1);
    }

    /** All of it seen on a phone, of a campaign that was written once and given an audience once. */
    static String seen() {
        return "{\"revision\":2,\"seen\":[\"ios/en\",\"android/en\",\"ios/de\",\"android/de\"]}";
    }

    static String spec() {
        return """
                {"name":"Big game advert","kind":"alert","policy":"at-least-once","expiry":"PT1H","defaultLocale":"en",
                 "contents":[
                  {"locale":"en","platforms":["ios","android"],"title":"Kick-off","body":"Open the app now",
                   "data":{"link":"app://game"}},
                  {"locale":"de","platforms":["ios","android"],"title":"Anpfiff","body":"Jetzt die App öffnen",
                   "data":{"link":"app://game"}}]}""";
    }
}
