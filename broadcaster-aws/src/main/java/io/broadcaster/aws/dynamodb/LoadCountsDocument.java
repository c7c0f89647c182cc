package io.broadcaster.aws.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.broadcaster.campaign.LoadCounts;

/** The counts of a load within a document. */
final class LoadCountsDocument {
    private LoadCountsDocument() {}

    static ObjectNode write(LoadCounts counts) {
        return Documents.object()
                .put("rows", counts.rows())
                .put("users", counts.users())
                .put("malformedRows", counts.malformedRows())
                .put("usersWithoutDevice", counts.usersWithoutDevice())
                .put("devicesFound", counts.devicesFound())
                .put("duplicateDevices", counts.duplicateDevices());
    }

    static LoadCounts read(DocumentReader node) {
        return new LoadCounts(
                node.number("rows"),
                node.number("users"),
                node.number("malformedRows"),
                node.number("usersWithoutDevice"),
                node.number("devicesFound"),
                node.number("duplicateDevices"));
    }
}
